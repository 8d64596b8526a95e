using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Slug.Acceptance.Platform;
using Slug.Tests.Webhooks.Outgoing;

namespace Slug.Acceptance.Webhooks;

[Parallelizable]
public partial class When_an_app_s_changes_are_told
{
    private const string Secret = "the receiver knows it too";

    private Installation slug = null!;
    private Receiver receiver = null!;

    [OneTimeSetUp]
    public async Task InstallAsync()
    {
        using var patience = Slugs.Patience();
        slug = await Installation.StartAsync(["--fetch-allow", "127.0.0.0/8", "--buildpacks", Slugs.ScriptBuildpacks], patience.Token);
    }

    [OneTimeTearDown]
    public async Task RemoveAsync() => await slug.DisposeAsync();

    [SetUp]
    public async Task ListenAsync() => receiver = await Receiver.StartAsync();

    [TearDown]
    public async Task HangUpAsync() => await receiver.DisposeAsync();

    [Test, CancelAfter(120_000)]
    public async Task Should_lose_none_when_the_service_is_killed_while_it_tells_and_send_what_it_did_not_note_as_the_same_delivery(CancellationToken cancellationToken)
    {
        receiver.Answer = Receiver.Never;
        await SucceedAsync(cancellationToken, "apps", "create", "told");
        await SucceedAsync(cancellationToken, "webhooks", "told", "add", receiver.Url, "--include", "api:release", "--secret", Secret);
        foreach (var round in Enumerable.Range(1, 4))
            await SucceedAsync(cancellationToken, "config", "told", $"ROUND={round}");
        var cut = await receiver.NextAsync(cancellationToken);

        await slug.KillAsync(cancellationToken);
        var before = slug.Service.Output;
        receiver.Answer = Receiver.With(HttpStatusCode.NoContent);
        await slug.ServeAsync(cancellationToken);

        var came = new List<Received>();
        for (var i = 0; i < 4; i++)
            came.Add(await receiver.NextAsync(cancellationToken));
        Assert.Multiple(() =>
        {
            Assert.That(came[0].Delivery, Is.EqualTo(cut.Delivery));
            Assert.That(came.Select(one => one.Json.GetProperty("data").GetProperty("version").GetInt32()), Is.EqualTo((int[])[1, 2, 3, 4]));
            Assert.That(came.Select(one => one.Headers["Heroku-Webhook-Hmac-SHA256"]), Is.EqualTo(came.Select(one => SignatureOf(Secret, one))));
            Assert.That(before + slug.Service.Output, Does.Not.Contain("S3CRET").And.Not.Contains(Secret));
        });
        await Eventually.TrueAsync(async () => (await SucceedAsync(cancellationToken, "webhooks", "told", "deliveries")).Split("succeeded").Length == 5, cancellationToken);
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_hear_of_a_push_from_its_place_in_the_queue_to_its_release(CancellationToken cancellationToken)
    {
        await SucceedAsync(cancellationToken, "apps", "create", "pushed");
        await SucceedAsync(cancellationToken, "webhooks", "pushed", "add", receiver.Url);
        using var folder = await Slugs.AppThatAsync("true", cancellationToken);
        Assert.That((await folder.PushAsync(slug, "pushed", cancellationToken)).Output, Does.Contain("Released v1"));
        var came = new List<Received>();
        for (var i = 0; i < 3; i++)
            came.Add(await receiver.NextAsync(cancellationToken));
        var commit = (await folder.GitAsync(cancellationToken, "rev-parse", "HEAD")).Output.Trim();
        Assert.Multiple(() =>
        {
            Assert.That(came.Select(one => $"{one.Resource} {one.Json.GetProperty("data").GetProperty("status")}"), Is.EqualTo((string[])["build create pending", "build update succeeded", "release create succeeded"]));
            Assert.That(came.Skip(1).Select(one => one.Json.GetProperty("data").GetProperty("slug").GetProperty("commit").GetString()), Is.All.EqualTo(commit));
        });
    }

    [Test, CancelAfter(180_000)]
    public async Task Should_be_set_and_looked_at_with_Heroku_s_CLI(CancellationToken cancellationToken)
    {
        using var heroku = new HerokuCli(slug);
        await SucceedAsync(cancellationToken, "apps", "create", "listed");
        Assert.That(await heroku.RunAsync(cancellationToken, "webhooks", "-a", "listed"), Does.Contain("listed has no webhooks"));
        var secret = MadeSecret().Match(await heroku.RunAsync(cancellationToken, "webhooks:add", "-a", "listed", "-i", "api:release", "-l", "sync", "-u", receiver.Url)).Value;
        await SucceedAsync(cancellationToken, "config", "listed", "COLOUR=blue");
        var came = await receiver.NextAsync(cancellationToken);
        Assert.That(came.Headers["Heroku-Webhook-Hmac-SHA256"], Is.EqualTo(SignatureOf(secret, came)));

        var (webhook, told) = ($"{came.Json.GetProperty("webhook_metadata").GetProperty("webhook").GetProperty("id")}", $"{came.Json.GetProperty("id")}");
        await Parallel.ForEachAsync(
            (string[][])
            [
                ["webhooks", receiver.Url], [$"webhooks:info {webhook}", receiver.Url], ["webhooks:deliveries", came.Delivery], [$"webhooks:deliveries:info {came.Delivery}", "Set COLOUR config vars"],
                ["webhooks:deliveries -s failed", "listed has no deliveries"], ["webhooks:events", told], [$"webhooks:events:info {told}", "Set COLOUR config vars"],
            ],
            cancellationToken,
            async (look, stop) => Assert.That(await heroku.RunAsync(stop, [.. look[0].Split(' '), "-a", "listed"]), Does.Contain(look[1]), look[0]));

        Assert.That((await heroku.TryAsync(cancellationToken, "webhooks:update", webhook, "-a", "listed", "-i", "api:dyno", "-l", "sync", "-u", receiver.Url)).Output, Does.Contain("SLUG6251"));
        await heroku.RunAsync(cancellationToken, "webhooks:update", webhook, "-a", "listed", "-i", "api:build", "-l", "notify", "-u", receiver.Url);
        await heroku.RunAsync(cancellationToken, "webhooks:remove", webhook, "-a", "listed");
        Assert.That(await SucceedAsync(cancellationToken, "webhooks", "listed"), Does.Contain("nobody is told"));
    }

    private static string SignatureOf(string secret, Received received) => Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), received.Body));

    private async Task<string> SucceedAsync(CancellationToken cancellationToken, params string[] command)
    {
        var result = await slug.SlugAsync(cancellationToken, command);
        Assert.That(result.ExitCode, Is.Zero, result.Output);
        return result.Output;
    }

    [GeneratedRegex(@"whsec_\S+")]
    private static partial Regex MadeSecret();
}
