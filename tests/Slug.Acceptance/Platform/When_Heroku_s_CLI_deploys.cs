namespace Slug.Acceptance.Platform;

/// <summary>The whole way with Heroku's own program: an app, its config, a push, its releases, and back.</summary>
[Parallelizable]
public class When_Heroku_s_CLI_deploys
{
    [Test, CancelAfter(180_000)]
    public async Task Should_create_configure_push_list_and_roll_back(CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();
        using var heroku = new HerokuCli(Slugs.Scripted);
        using var folder = await Slugs.AppThatAsync("echo \"greeting $(cat $ENV_DIR/GREETING)\"", cancellationToken);

        Assert.That(await heroku.RunAsync(folder.Path, cancellationToken, "apps:create", app), Does.Contain("done"));
        Assert.That(await heroku.RunAsync(folder.Path, cancellationToken, "config:set", "GREETING=good-morning"), Does.Contain($"restarting {app}... done, v1"));
        var push = await heroku.GitAsync(folder.Path, cancellationToken, "push", "heroku", "main");
        Assert.That(push.Output, Does.Contain("Released v2"));
        await heroku.RunAsync(folder.Path, cancellationToken, "config:set", "GREETING=good-night");
        Assert.That(await heroku.RunAsync(folder.Path, cancellationToken, "releases"), Does.Contain("Current: v3").And.Match("v2 +Deploy [0-9a-f]{8} +admin@slug.localhost"));
        Assert.That(await heroku.RunAsync(folder.Path, cancellationToken, "rollback"), Does.Contain("to v2... done, v4"));

        Assert.That(await heroku.RunAsync(folder.Path, cancellationToken, "config:get", "GREETING"), Does.Contain("good-morning"));
        Assert.That(await heroku.RunAsync(folder.Path, cancellationToken, "releases:info"), Does.Contain("Release v4").And.Contains("Rollback to v2").And.Match("GREETING: +good-morning"));
        Assert.That((await Slugs.Scripted.SlugAsync(cancellationToken, "releases", app)).Output, Does.Contain("Rollback to v2"));
    }
}
