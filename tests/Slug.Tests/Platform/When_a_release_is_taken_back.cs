using System.Net;
using System.Text.Json;
using Dapper;
using Slug.Hosting;

namespace Slug.Tests.Platform;

[CancelAfter(60_000)]
internal sealed class When_a_release_is_taken_back
{
    private PlatformScene scene = null!;

    [SetUp]
    public async Task StartAsync() => scene = await PlatformScene.StartAsync();

    [TearDown]
    public async Task StopAsync() => await scene.DisposeAsync();

    [Test]
    public async Task Should_have_the_droplet_and_the_config_vars_that_it_had_under_a_new_number(CancellationToken cancellationToken)
    {
        using (await scene.SendAsync("PATCH", "/apps/mine/config-vars", """{"GREETING":"bye","LATER":"1"}""", cancellationToken))
        using (var response = await scene.SendAsync("POST", "/apps/mine/releases", """{"release":"{v2}"}""", cancellationToken))
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        var (was, now) = (await ReadAsync("/apps/mine/releases/2", cancellationToken), await ReadAsync("/apps/mine/releases/current", cancellationToken));
        var config = await ReadAsync("/apps/mine/config-vars", cancellationToken);
        Assert.Multiple(() =>
        {
            Assert.That(now.GetProperty("version").GetInt32(), Is.EqualTo(4));
            Assert.That(now.GetProperty("description").GetString(), Is.EqualTo("Rollback to v2"));
            Assert.That(now.GetProperty("slug").GetProperty("id").GetString(), Is.EqualTo(was.GetProperty("slug").GetProperty("id").GetString()));
            Assert.That(now.GetProperty("user").GetProperty("email").GetString(), Is.EqualTo("ann@slug.localhost"));
            Assert.That(was.GetProperty("current").GetBoolean(), Is.False);
            Assert.That(config.GetRawText(), Is.EqualTo("""{"GREETING":"good day"}"""));
        });
    }

    [Test]
    public async Task Should_keep_the_config_vars_of_each_release(CancellationToken cancellationToken)
    {
        using (await scene.SendAsync("PATCH", "/apps/mine/config-vars", """{"GREETING":null}""", cancellationToken))
        {
            Assert.That((await ReadAsync("/apps/mine/releases/v2/config-vars", cancellationToken)).GetRawText(), Is.EqualTo("""{"GREETING":"good day"}"""));
            Assert.That((await ReadAsync("/apps/mine/releases/v3/config-vars", cancellationToken)).GetRawText(), Is.EqualTo("{}"));
        }
    }

    [TestCase("""{"release":"{v1}"}""", "SLUG6113", TestName = "Should_be_refused_where_it_has_no_droplet")]
    [TestCase("""{"release":"00000000-0000-0000-0000-000000000000"}""", "SLUG6111", TestName = "Should_be_refused_where_there_is_none")]
    [TestCase("""{"slug":"00000000-0000-0000-0000-000000000000"}""", "SLUG6115", TestName = "Should_be_refused_where_there_is_no_such_slug")]
    [TestCase("""{"release":"v2"}""", "SLUG6103", TestName = "Should_be_refused_by_what_is_no_id")]
    public async Task Refused(string body, string code, CancellationToken cancellationToken)
    {
        using var response = await scene.SendAsync("POST", "/apps/mine/releases", body, cancellationToken);
        Assert.That(await response.Content.ReadAsStringAsync(cancellationToken), Does.Contain($"\"{code}: "));
        Assert.That((await ReadAsync("/apps/mine/releases/current", cancellationToken)).GetProperty("version").GetInt32(), Is.EqualTo(2));
    }

    [Test]
    public async Task Should_be_told_to_who_follows_what_happens(CancellationToken cancellationToken)
    {
        using (await scene.SendAsync("POST", "/apps/mine/releases", """{"release":"{v2}"}""", cancellationToken))
        {
            var last = await scene.Of<Database>().ReadAsync(db => db.QueryFirst<(string Actor, string Kind, string Subject, string Detail)>("select actor, kind, subject, detail from events order by id desc"), cancellationToken);
            Assert.That(last, Is.EqualTo(("ann", "release.created", "v3", "Rollback to v2")));
        }
    }

    private async Task<JsonElement> ReadAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await scene.SendAsync("GET", path, null, cancellationToken);
        return JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(cancellationToken));
    }
}
