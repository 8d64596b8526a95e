namespace Slug.Acceptance.Platform;

/// <summary><c>heroku logs</c>, with Heroku's own program.</summary>
[Parallelizable]
public class When_Heroku_s_CLI_reads_a_log
{
    [Test, CancelAfter(120_000)]
    public async Task Should_show_what_happened_and_what_builds_print_and_follow_it(CancellationToken cancellationToken)
    {
        using var heroku = new HerokuCli(Slugs.Scripted);
        using var client = new PlatformClient(Slugs.Scripted);
        var app = await client.AppAsync(cancellationToken);
        var source = await client.UploadAsync(new Dictionary<string, string> { ["compile.sh"] = "echo compiled here", ["Procfile"] = "web: true\n" }, cancellationToken);
        await client.LogAsync(await client.BuildAsync(app, source, cancellationToken), cancellationToken);

        Assert.That(await heroku.RunAsync(cancellationToken, "logs", "-a", app), Does.Contain("app[build]: compiled here").And.Contains("app[api]: Release v1 created by user admin"));
        Assert.That(await heroku.RunAsync(cancellationToken, "logs", "-a", app, "-n", "1"), Does.Contain("app[build]: Start it").And.Not.Contains("compiled"));
        Assert.That(await heroku.RunAsync(cancellationToken, "logs", "-a", app, "--source", "app", "--dyno", "api"), Does.Contain("Build succeeded").And.Not.Contains("app[build]"));

        await using var tail = heroku.Start(null, "logs", "-a", app, "-n", "1", "--tail");
        await tail.SaysAsync("Start it", cancellationToken);
        await client.SendAsync("PATCH", $"/apps/{app}/config-vars", """{"COLOUR":"blue"}""", cancellationToken);
        await tail.SaysAsync("app[api]: Set COLOUR config vars by user admin", cancellationToken);
    }
}
