namespace Slug.Acceptance.Builds;

[Parallelizable]
public class When_a_failed_build_is_looked_at
{
    [Test, CancelAfter(60_000)]
    public async Task Should_open_a_shell_in_its_files_with_its_environment_and_run_its_last_command_again(CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();
        using var folder = await Slugs.AppThatAsync("seq 30; echo half done >made; cat \"$ENV_DIR/SECRET\" >&2; exit 4", cancellationToken);
        await Slugs.Scripted.SlugAsync(cancellationToken, "apps", "create", app);
        await Slugs.Scripted.SlugAsync(cancellationToken, "config", app, "SECRET=hush");

        var push = await folder.PushAsync(Slugs.Scripted, app, cancellationToken);

        Assert.That(push.Output, Does.Contain("The last lines of phase compile").And.Contains("./slug builds shell"));
        Assert.That(push.Output.Split("The last lines").Last(), Does.Contain("  30").And.Not.Contains("  10"));
        var shell = await Slugs.Scripted.SlugAsync("cat /app/made; pwd; cat /slug/env/SECRET; echo $STACK; exit 3\n", cancellationToken, "builds", "shell", app);
        Assert.That(shell.ExitCode, Is.EqualTo(3), shell.Output);
        Assert.That(shell.Output, Does.Contain("half done").And.Contains("/tmp/slug/buildpacks/script").And.Contains("hush").And.Contains("heroku-22"));
        var again = await Slugs.Scripted.SlugAsync(cancellationToken, "builds", "rerun", app);
        Assert.That(again.ExitCode, Is.EqualTo(4), again.Output);
        Assert.That(again.Output, Does.Contain("30").And.Contains("hush"));
        Assert.That(await Docker.ContainersAsync($"slug.run={app}", cancellationToken), Is.Empty);
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_hold_no_config_var_in_what_is_kept(CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();
        using var folder = await Slugs.AppThatAsync("exit 4", cancellationToken);
        await Slugs.Scripted.SlugAsync(cancellationToken, "apps", "create", app);
        await Slugs.Scripted.SlugAsync(cancellationToken, "config", app, "SECRET=do-not-keep-me");
        await folder.PushAsync(Slugs.Scripted, app, cancellationToken);
        var images = await KeptAsync(app, cancellationToken);

        var search = await Docker.RunAsync(
            cancellationToken, "run", "--rm", "--network", "none", "--entrypoint", "/bin/sh", images.Single(), "-c", "ls /slug/env; grep -r do-not-keep-me /app /tmp; true");

        Assert.That(search.Output.Trim(), Is.Empty);
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_say_so_when_nothing_is_kept(CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();
        using var folder = await Slugs.AppThatAsync("true", cancellationToken);
        await folder.PushAsync(Slugs.Scripted, app, cancellationToken);

        var shell = await Slugs.Scripted.SlugAsync(cancellationToken, "builds", "shell", app);

        Assert.That(shell.ExitCode, Is.EqualTo(1));
        Assert.That(shell.Output, Does.Contain("SLUG3022"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_keep_no_more_than_the_budget_and_leave_nothing_when_purged(CancellationToken cancellationToken)
    {
        string label;
        await using (var slug = await Installation.StartAsync(["--buildpacks", Slugs.ScriptBuildpacks, "--capsule-limit", "3MB"], cancellationToken))
        {
            label = slug.Label;
            using var folder = await Slugs.AppThatAsync("head -c 2000000 /dev/urandom >ballast; exit 1", cancellationToken);
            await folder.PushAsync(slug, "first", cancellationToken);
            await folder.PushAsync(slug, "second", cancellationToken);
            Assert.That((await slug.SlugAsync("exit 0\n", cancellationToken, "builds", "shell", "second")).ExitCode, Is.Zero);
            Assert.That((await slug.SlugAsync(cancellationToken, "builds", "shell", "first")).Output, Does.Contain("SLUG3022"));
        }

        Assert.That((await Docker.RunAsync(cancellationToken, "images", "--quiet", "--filter", $"label={label}")).Output, Is.Empty);
    }

    private static async Task<string[]> KeptAsync(string app, CancellationToken cancellationToken)
    {
        string[] images = [];
        await Eventually.TrueAsync(
            async () =>
            {
                var listed = await Docker.RunAsync(cancellationToken, "images", "--quiet", "--filter", $"label=slug.capsule.app={app}");
                images = listed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
                return images.Length > 0;
            },
            cancellationToken);
        return images;
    }
}
