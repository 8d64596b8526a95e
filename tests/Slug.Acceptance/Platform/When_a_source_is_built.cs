using System.Text.Json;
using Slug.Acceptance.Dashboard;

namespace Slug.Acceptance.Platform;

[Parallelizable]
public class When_a_source_is_built
{
    [Test, CancelAfter(120_000)]
    public async Task Should_become_a_release_whose_log_is_read_to_its_end_and_from_any_byte(CancellationToken cancellationToken)
    {
        using var client = new PlatformClient(Slugs.Scripted);
        var app = await client.AppAsync(cancellationToken);
        await Slugs.Scripted.SlugAsync(cancellationToken, "config", app, "KEY=a-very-secret-value");
        var source = await client.UploadAsync(new Dictionary<string, string> { ["compile.sh"] = "echo compiled with $(cat $ENV_DIR/KEY)", ["Procfile"] = "web: true\n" }, cancellationToken);

        var build = await client.BuildAsync(app, source, cancellationToken);
        var log = await client.LogAsync(build, cancellationToken);

        Assert.That(build.GetProperty("status").GetString(), Is.EqualTo("pending"));
        Assert.That(log, Does.StartWith("-----> Fetching the source from ").And.Contains("compiled with ****").And.Contains("Released v2"));
        var ended = await ShownAsync(client, app, build, cancellationToken);
        Assert.That(ended.GetProperty("status").GetString(), Is.EqualTo("succeeded"));
        Assert.That(ended.GetProperty("release").GetProperty("id").GetGuid(), Is.Not.EqualTo(Guid.Empty));
        Assert.That(ended.GetProperty("slug").GetProperty("id").GetGuid(), Is.Not.EqualTo(Guid.Empty));
        Assert.That(await client.LogAsync(ended, cancellationToken), Is.EqualTo(log));

        var session = await client.SendAsync("POST", $"/apps/{app}/log-sessions", """{"lines":1000}""", cancellationToken);
        var appLog = await client.ReadAsync(session.GetProperty("logplex_url").GetString()!, cancellationToken);
        Assert.That(appLog, Does.Contain("app[api]: Release v2 created by user admin").And.Contains("app[build]: compiled with ****").And.Contains("app[api]: Build succeeded"));
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_end_where_it_is_cancelled(CancellationToken cancellationToken)
    {
        using var client = new PlatformClient(Slugs.Scripted);
        var app = await client.AppAsync(cancellationToken);
        var source = await client.UploadAsync(new Dictionary<string, string> { ["compile.sh"] = "echo it runs; sleep 600", ["Procfile"] = "web: true\n" }, cancellationToken);
        var build = await client.BuildAsync(app, source, cancellationToken);
        await Eventually.TrueAsync(async () => (await Slugs.Scripted.SlugAsync(cancellationToken, "logs", app)).Output.Contains("it runs", StringComparison.Ordinal), cancellationToken);

        await client.SendAsync("DELETE", $"/apps/{app}/builds/{build.GetProperty("id").GetString()}", null, cancellationToken);

        Assert.That(await client.LogAsync(build, cancellationToken), Does.Contain("SLUG3006"));
        Assert.That((await ShownAsync(client, app, build, cancellationToken)).GetProperty("status").GetString(), Is.EqualTo("failed"));
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_be_built_again_from_its_page(CancellationToken cancellationToken)
    {
        using var client = new PlatformClient(Slugs.Scripted);
        var app = await client.AppAsync(cancellationToken);
        var source = await client.UploadAsync(new Dictionary<string, string> { ["compile.sh"] = "echo compiled", ["Procfile"] = "web: true\n" }, cancellationToken);
        var build = await client.BuildAsync(app, source, cancellationToken);
        await client.LogAsync(build, cancellationToken);
        using var dashboard = await SignedIn.AtAsync(Slugs.Scripted, cancellationToken);

        var again = await dashboard.BuildAgainAsync(build.GetProperty("id").GetString()!, cancellationToken);

        Assert.That((await Slugs.Scripted.SlugAsync(cancellationToken, "logs", again, "--follow")).Output, Does.Contain("compiled").And.Contains("Released v2"));
    }

    private static Task<JsonElement> ShownAsync(PlatformClient client, string app, JsonElement build, CancellationToken cancellationToken) =>
        client.SendAsync("GET", $"/apps/{app}/builds/{build.GetProperty("id").GetString()}", null, cancellationToken);
}
