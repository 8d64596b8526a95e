namespace Slug.Acceptance.Sources;

[Parallelizable]
public class When_building_an_archive
{
    [Test, CancelAfter(120_000)]
    public async Task Should_build_a_folder_an_archive_and_standard_input_as_one_source(CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();
        var sample = Repository.Sample("procfile-hello");
        using var work = await GitFolder.OfAsync(new Dictionary<string, string> { ["x"] = "" }, cancellationToken);
        var archive = Path.Combine(work.Path, "app.tgz");
        await BashAsync("tar -czf \"$1\" -C \"$2\" .", cancellationToken, archive, sample);

        var folder = await Slugs.Real.SlugAsync(cancellationToken, "build", app, sample);
        Assert.That(folder.Output, Does.Contain("app detected").And.Contains("Released v1"));
        Assert.That(folder.ExitCode, Is.Zero);
        Assert.That((await Slugs.Real.SlugAsync(cancellationToken, "build", app, archive)).Output, Does.Contain("is current").And.Contains("Released v2"));
        var piped = await BashAsync("tar -c -C \"$1\" . | \"$2\" build \"$3\" - --data \"$4\"", cancellationToken, sample, Installation.Program, app, Slugs.Real.Data);
        Assert.That(piped.Output, Does.Contain("is current").And.Contains("Released v3"));

        await using var running = RunningApp.Start(Slugs.Real, app);
        Assert.That(await running.AnswerAsync("/", cancellationToken), Does.Contain("Hello from a Procfile"));
        await running.StopAsync(cancellationToken);
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_leave_out_of_a_folder_what_slugignore_names_and_what_is_gits_own(CancellationToken cancellationToken)
    {
        using var folder = await GitFolder.OfAsync(
            new Dictionary<string, string>
            {
                ["compile.sh"] = "find . -type f | sort", ["Procfile"] = "web: sleep infinity\n", [".slugignore"] = "*.log\nsecret/\n",
                ["a.log"] = "", ["secret/key"] = "", ["kept/b"] = "",
            },
            cancellationToken);

        var build = await Slugs.Scripted.SlugAsync(cancellationToken, "build", Slugs.NewName(), folder.Path);

        Assert.That(build.Output, Does.Contain("./kept/b").And.Not.Contains("a.log").And.Not.Contains("secret/key").And.Not.Contains(".git/"));
        Assert.That(build.Output, Does.Not.Contain("Left out by .slugignore"), "it never left this machine");
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_end_with_1_when_the_build_fails_and_leave_nothing(CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();
        using var folder = await Slugs.AppThatAsync("echo doing; exit 3", cancellationToken);

        var build = await Slugs.Scripted.SlugAsync(cancellationToken, "build", app, folder.Path);

        Assert.That(build.ExitCode, Is.EqualTo(1));
        Assert.That(build.Output, Does.Contain("doing").And.Contains("SLUG3141"));
        Assert.That(build.Output, Does.Not.Contain("\u0001"));
        var repository = Path.Combine(Slugs.Scripted.Data, "repos", $"{await Slugs.Scripted.IdOfAsync(app, cancellationToken)}.git");
        Assert.That(Directory.EnumerateDirectories(repository, "tmp_objdir-*", SearchOption.AllDirectories), Is.Empty);
        Assert.That((await Slugs.Scripted.SlugAsync(cancellationToken, "releases", app, "--json")).Output.Trim(), Is.EqualTo("[]"));
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_go_on_to_its_release_when_the_uploader_hangs_up(CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();
        using var folder = await Slugs.AppThatAsync("echo under way; sleep 3", cancellationToken);
        await using (var build = RunningProgram.Start(Installation.Program, ["build", app, folder.Path, "--data", Slugs.Scripted.Data]))
        {
            await build.SaysAsync("under way", cancellationToken);
            build.Kill();
        }

        await Eventually.TrueAsync(
            async () => (await Slugs.Scripted.SlugAsync(cancellationToken, "releases", app, "--json")).Output.Contains("\"version\"", StringComparison.Ordinal), cancellationToken);
        Assert.That((await Slugs.Scripted.SlugAsync(cancellationToken, "build", app, folder.Path)).Output, Does.Contain("is current").And.Contains("Released v2"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_refuse_what_is_no_archive_of_a_source(CancellationToken cancellationToken)
    {
        using var work = await GitFolder.OfAsync(new Dictionary<string, string> { ["page.tgz"] = "<html>no archive</html>\n" }, cancellationToken);
        var evil = Path.Combine(work.Path, "evil.tar");
        await BashAsync("tar -cPf \"$1\" --transform 's,^,../,' -C \"$2\" Procfile", cancellationToken, evil, Repository.Sample("procfile-hello"));

        await RefusesAsync(Path.Combine(work.Path, "page.tgz"), "SLUG233", cancellationToken);
        await RefusesAsync(evil, "SLUG2331", cancellationToken);
        await RefusesAsync(Path.Combine(work.Path, "nothing"), "SLUG2337", cancellationToken);
    }

    private static async Task RefusesAsync(string source, string code, CancellationToken cancellationToken)
    {
        var build = await Slugs.Real.SlugAsync(cancellationToken, "build", Slugs.NewName(), source);
        Assert.That(build.ExitCode, Is.EqualTo(1));
        Assert.That(build.Output, Does.Contain(code));
    }

    private static async Task<ProgramResult> BashAsync(string script, CancellationToken cancellationToken, params string[] values)
    {
        await using var bash = RunningProgram.Start("bash", ["-c", script, "bash", .. values]);
        return await bash.EndAsync(cancellationToken);
    }
}
