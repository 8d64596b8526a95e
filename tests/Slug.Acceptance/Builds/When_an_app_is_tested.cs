using System.Text.Json;

namespace Slug.Acceptance.Builds;

[Parallelizable]
public class When_an_app_is_tested
{
    [Test, CancelAfter(120_000)]
    public async Task Should_end_as_its_tests_do_and_keep_the_log(CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();
        using var folder = await FolderAsync("grep -q good $1/state && echo all is well", cancellationToken);
        Assert.That((await folder.PushAsync(Slugs.Scripted, app, cancellationToken)).Output, Does.Contain("Released v1"));
        var good = (await folder.GitAsync(cancellationToken, "rev-parse", "HEAD")).Output.Trim();

        var passed = await Slugs.Scripted.SlugAsync(cancellationToken, "ci", app);
        Assert.That(passed.ExitCode, Is.Zero, passed.Output);
        Assert.That(passed.Output, Does.Contain("compiled for the test").And.Contains("all is well").And.Contains("Tests passed"));

        await folder.CommitAsync(new Dictionary<string, string> { ["state"] = "bad", ["own/bin/test"] = "#!/bin/bash\necho broken; exit 5\n" }, cancellationToken);
        await folder.PushAsync(Slugs.Scripted, app, cancellationToken);
        var failed = await Slugs.Scripted.SlugAsync(cancellationToken, "ci", app);
        Assert.That(failed.ExitCode, Is.EqualTo(5), failed.Output);
        Assert.That(failed.Output, Does.Contain("broken").And.Contains("bin/test exited with 5"));

        Assert.That((await Slugs.Scripted.SlugAsync(cancellationToken, "ci", app, "--commit", good[..8])).ExitCode, Is.Zero);
        var builds = JsonDocument.Parse((await Slugs.Scripted.SlugAsync(cancellationToken, "builds", app, "--json")).Output).RootElement;
        var tests = builds.EnumerateArray().Where(build => build.GetProperty("test").GetBoolean()).ToList();
        Assert.That(tests.Select(test => test.GetProperty("exitCode").GetInt32()), Is.EqualTo((int[])[0, 5, 0]));
        Assert.That((await Slugs.Scripted.SlugAsync(cancellationToken, "logs", tests[1].GetProperty("id").GetString()!)).Output, Does.Contain("broken"));
        Assert.That((await Slugs.Scripted.SlugAsync(cancellationToken, "releases", app)).Output, Does.Contain("v2").And.Not.Contains("v3"));
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_have_the_buildpacks_and_the_config_vars_that_app_json_has_for_tests_alone(CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();
        using var folder = await FolderAsync("echo \"mode $(cat $2/MODE), kept $(cat $2/KEPT)\"", cancellationToken);
        await folder.CommitAsync(
            new Dictionary<string, string>
            {
                [".buildpacks"] = "procfile\n",
                ["app.json"] = """{"environments": {"test": {"buildpacks": [{"url": "./own"}], "env": {"MODE": {"value": "test"}}}}}""",
            },
            cancellationToken);
        await Slugs.Scripted.SlugAsync(cancellationToken, "apps", "create", app);
        await Slugs.Scripted.SlugAsync(cancellationToken, "config", app, "MODE=real", "KEPT=both");
        Assert.That((await folder.PushAsync(Slugs.Scripted, app, cancellationToken)).Output, Does.Contain("Buildpacks by .buildpacks: procfile").And.Contains("Released"));

        var tested = await Slugs.Scripted.SlugAsync(cancellationToken, "ci", app);

        Assert.That(tested.Output, Does.Contain("Buildpacks by environments.test of app.json: ./own").And.Contains("Config vars by environments.test of app.json: MODE"));
        Assert.That(tested.Output, Does.Contain("mode test, kept both").And.Contains("Tests passed"));
        Assert.That((await Slugs.Scripted.SlugAsync(cancellationToken, "config", app)).Output, Does.Contain("real"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_be_told_what_is_missing(CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();
        await Slugs.Scripted.SlugAsync(cancellationToken, "apps", "create", app);
        var none = await Slugs.Scripted.SlugAsync(cancellationToken, "ci", app);
        Assert.That(none.ExitCode, Is.EqualTo(1));
        Assert.That(none.Output, Does.Contain("SLUG2231"));

        using var folder = await Slugs.AppThatAsync("true", cancellationToken);
        await folder.PushAsync(Slugs.Scripted, app, cancellationToken);
        Assert.That((await Slugs.Scripted.SlugAsync(cancellationToken, "ci", app, "--commit", "0123456789")).Output, Does.Contain("SLUG2232"));
        var untested = await Slugs.Scripted.SlugAsync(cancellationToken, "ci", app);
        Assert.That(untested.ExitCode, Is.EqualTo(1));
        Assert.That(untested.Output, Does.Contain("SLUG3202").And.Contains("was not tested"));
    }

    private static Task<GitFolder> FolderAsync(string test, CancellationToken cancellationToken) =>
        GitFolder.OfAsync(
            new Dictionary<string, string>
            {
                [".buildpacks"] = "./own\n",
                ["state"] = "good",
                ["Procfile"] = "web: sleep infinity\n",
                ["own/bin/detect"] = "#!/bin/bash\necho Own\n",
                ["own/bin/compile"] = "#!/bin/bash\n",
                ["own/bin/test-compile"] = "#!/bin/bash\necho compiled for the test\n",
                ["own/bin/test"] = $"#!/bin/bash\n{test}\n",
            },
            cancellationToken);
}
