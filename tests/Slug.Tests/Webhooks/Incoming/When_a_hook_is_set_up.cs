using System.Net;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Slug.Hosting;

namespace Slug.Tests.Webhooks.Incoming;

[CancelAfter(60_000)]
internal sealed class When_a_hook_is_set_up : HookSituation
{
    private const string Hooks = "/slug/apps/hello/hooks";

    [TestCase("""{"urls":["https://a.example/x.git"]}""", "SLUG6230")]
    [TestCase("""{"forge":"sourceforge","urls":["https://a.example/x.git"]}""", "SLUG6230")]
    [TestCase("""{"forge":"github","name":"a/b","urls":["https://a.example/x.git"]}""", "SLUG6231")]
    [TestCase("""{"forge":"github"}""", "SLUG6232")]
    [TestCase("""{"forge":"github","urls":["git@a.example:x.git"]}""", "SLUG6232")]
    [TestCase("""{"forge":"github","urls":["file:///etc"]}""", "SLUG6232")]
    [TestCase("""{"forge":"github","urls":["https://user:hidden@a.example/x.git"]}""", "SLUG6232")]
    [TestCase("""{"forge":"github","urls":["https://a.example/x.git"],"api":"ftp://a.example/"}""", "SLUG6238")]
    [TestCase("""{"forge":"github","urls":["https://a.example/x.git"],"api":"https://hidden@a.example/"}""", "SLUG6238")]
    [TestCase("""{"forge":"github","urls":["https://a.example/"]}""", "SLUG6232")]
    [TestCase("""{"forge":"github","urls":["https://a.example/x.git"],"branch":"a b"}""", "SLUG6233")]
    [TestCase("""{"forge":"github","urls":["https://a.example/x.git"],"secret":"short"}""", "SLUG6234")]
    [TestCase("""{"forge":"github","urls":["https://a.example/x.git"],"secret":"whsec_no-base64-here!"}""", "SLUG6234")]
    [TestCase("""{"forge":"github","urls":["https://a.example/x.git"],"login":"me"}""", "SLUG6237")]
    [TestCase("""{"forge":"github","urls":["https://a.example/x.git"],"token":"a\nb"}""", "SLUG6237")]
    [TestCase("""{"forge":"github","urls":["https://a.example/x.git"],"login":"a:b","token":"t"}""", "SLUG6237")]
    [TestCase("""{"forge":"plain","urls":["https://a.example/x.git"],"statusToken":"t"}""", "SLUG6245")]
    public async Task Should_say_what_cannot_be(string request, string code, CancellationToken cancellationToken)
    {
        using var response = await AskAsync(HttpMethod.Post, Hooks, JsonNode.Parse(request), cancellationToken);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(await response.Content.ReadAsStringAsync(cancellationToken), Does.Contain($"\"code\":\"{code}\"").And.Not.Contains("hidden"));
    }

    [Test]
    public async Task Should_be_listed_without_its_secrets_and_be_gone_when_it_is_removed(CancellationToken cancellationToken)
    {
        var request = new JsonObject
        {
            ["forge"] = "gitea", ["name"] = "listed", ["branch"] = "release/1", ["urls"] = new JsonArray("https://git.example/me/hello.git"),
            ["secret"] = "my-own-hidden-secret", ["token"] = "hidden-token", ["statusToken"] = "hidden-status-token", ["api"] = "https://api.git.example",
        };
        using (var made = await AskAsync(HttpMethod.Post, Hooks, request.DeepClone(), cancellationToken))
            Assert.That(await made.Content.ReadAsStringAsync(cancellationToken), Does.Contain("my-own-hidden-secret").And.Not.Contains("hidden-token").And.Not.Contains("hidden-status-token"));
        using (var twice = await AskAsync(HttpMethod.Post, Hooks, request, cancellationToken))
            Assert.That(await twice.Content.ReadAsStringAsync(cancellationToken), Does.Contain("SLUG6235"));
        using (var list = await AskAsync(HttpMethod.Get, Hooks, null, cancellationToken))
        {
            var text = await list.Content.ReadAsStringAsync(cancellationToken);
            Assert.That(text, Does.Not.Contain("hidden"));
            Assert.That(
                JsonNode.Parse(text)!.AsArray().Single(hook => (string?)hook!["name"] == "listed")!.ToJsonString(),
                Does.StartWith("""{"name":"listed","forge":"gitea","branch":"release/1","urls":["https://git.example/me/hello.git"],"path":"/hooks/hello/listed","login":"oauth2","tellsForge":true,"""));
        }

        using (var removed = await AskAsync(HttpMethod.Delete, $"{Hooks}/listed", null, cancellationToken))
            Assert.That(removed.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        foreach (var (method, path) in new[] { (HttpMethod.Delete, "listed"), (HttpMethod.Get, "listed/deliveries") })
        {
            using var gone = await AskAsync(method, $"{Hooks}/{path}", null, cancellationToken);
            Assert.That(await gone.Content.ReadAsStringAsync(cancellationToken), Does.Contain("SLUG6236"));
        }
    }

    [Test]
    public async Task Should_lie_sealed_in_the_database(CancellationToken cancellationToken)
    {
        var hook = await HookAsync(Sender.Plain, cancellationToken);
        var kept = await Service.Services.GetRequiredService<Database>().ReadAsync(
            db => db.QuerySingle<string>("select secret from hooks where name = @Name", new { hook.Name }), cancellationToken);
        Assert.That(kept, Is.Not.Empty.And.Not.Contains(hook.Secret).And.Not.Contains(hook.Secret["whsec_".Length..]));
    }

    [Test]
    public async Task Should_be_an_event_as_are_its_deliveries_and_its_end(CancellationToken cancellationToken)
    {
        var hook = await HookAsync(Sender.GitHub, cancellationToken);
        await SendAsync(Sender.GitHub.Request(hook.Path, Sender.GitHub.PushOf("refs/tags/v1", Commit, Repository), hook.Secret, "ignored"), cancellationToken);
        await SendAsync(Sender.GitHub.Request(hook.Path, Sender.GitHub.PushOf("refs/heads/main", Commit, Repository), hook.Secret, "not fetched"), cancellationToken);
        await EndedAsync(hook, cancellationToken);
        using (await AskAsync(HttpMethod.Delete, $"{Hooks}/{hook.Name}", null, cancellationToken))
        {
        }

        var events = await Service.Services.GetRequiredService<Database>().ReadAsync(
            db => db.Query<string>(
                "select actor || ' ' || kind || ' ' || coalesce(substr(detail, 1, 8), '') from events where subject = @Name or actor = @by order by id", new { hook.Name, by = $"webhook {hook.Name}" }).ToList(),
            cancellationToken);
        IEnumerable<string> Sent(params string[] whats) => whats.Select(what => $"webhook {hook.Name} webhook.{what}");
        Assert.That(events, Is.EqualTo((string[])["setter webhook.created github, ", .. Sent("received SLUG6207", $"received main {Commit[..3]}", "failed SLUG2211"), "setter webhook.removed "]));
    }
}
