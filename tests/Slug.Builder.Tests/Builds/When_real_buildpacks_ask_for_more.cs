using Slug.Builder.Tests.Support;
using Slug.Content.Wire;

namespace Slug.Builder.Tests.Builds;

/// <summary>What real buildpacks turned out to need.</summary>
[CancelAfter(30_000)]
internal sealed class When_real_buildpacks_ask_for_more
{
    private readonly BuildScene scene = new();

    private BuildOutcome.Succeeded Result => (BuildOutcome.Succeeded)scene.Result!;

    [TearDown]
    public async Task Leave() => await scene.DisposeAsync();

    [Test]
    public async Task Should_run_each_program_in_the_buildpacks_own_folder()
    {
        scene.Buildpack(
            "archive",
            detect: "cat name.txt",
            compile: "cp name.txt $1/compiled",
            release: "echo \"default_process_types: { web: '$(cat name.txt)' }\"",
            more: ("name.txt", "Relative"));

        await scene.RunAsync();

        Assert.That(scene.Lines, Has.Some.EqualTo("-----> Relative app detected"));
        Assert.That(scene.App("compiled"), Is.EqualTo("Relative"));
        Assert.That(Result.Processes["web"], Is.EqualTo("Relative"));
    }

    [Test]
    public async Task Should_let_a_buildpack_write_in_its_own_folder()
    {
        scene.Buildpack("writes", compile: "echo x > here && mkdir bin/more");

        Assert.That(await scene.RunAsync(), Is.Zero);
    }

    [Test]
    public async Task Should_let_a_buildpack_replace_the_whole_tree()
    {
        scene.Source(("old", "x")).Buildpack("replaces", compile: "cd $1 && rm -rf ./* && echo 'web: new' > Procfile");

        await scene.RunAsync();

        Assert.That(Result.Processes["web"], Is.EqualTo("new"));
    }

    [Test]
    public async Task Should_pass_on_what_export_sets()
    {
        scene.Chosen = true;
        scene.Buildpack("first", compile: "echo 'export PATH=$PWD/tools:$PATH WORD=\"a b\"' > export")
            .Buildpack("second", compile: "echo \"$WORD\" > $1/word; echo \"$PATH\" > $1/path");

        await scene.RunAsync();

        Assert.That(scene.App("word"), Is.EqualTo("a b\n"));
        Assert.That(scene.App("path"), Is.EqualTo($"{scene.Paths.Buildpacks}/first/tools:/usr/local/bin:/usr/bin:/bin\n"));
    }

    [Test]
    public async Task Should_warn_of_an_export_that_fails_and_go_on()
    {
        scene.Chosen = true;
        scene.Buildpack("first", compile: "echo 'export A=1; exit 4' > export").Buildpack("second", compile: "echo \"<$A>\" > $1/a");

        Assert.That(await scene.RunAsync(), Is.Zero);
        Assert.That(scene.Lines, Has.Some.Contains("SLUG3142: export of buildpack 'first' ended with 4"));
        Assert.That(scene.App("a"), Is.EqualTo("<>\n"));
    }

    [Test]
    public async Task Should_ask_only_the_last_buildpack_that_has_a_release()
    {
        scene.Chosen = true;
        scene.Buildpack("a", release: "echo 'default_process_types: {web: a}'")
            .Buildpack("b", release: "echo 'default_process_types: {web: b}'")
            .Buildpack("c");

        await scene.RunAsync();

        Assert.That(Result.Processes["web"], Is.EqualTo("b"));
    }

    [Test]
    public async Task Should_call_release_once()
    {
        scene.Buildpack("once", release: "rm state && echo 'default_process_types: {web: once}'", more: ("state", "x"));

        await scene.RunAsync();

        Assert.That(Result.Processes["web"], Is.EqualTo("once"));
    }

    [Test]
    public async Task Should_warn_of_a_release_that_fails_and_go_on()
    {
        scene.Source(("Procfile", "web: mine")).Buildpack("odd", release: "echo 'default_process_types: {worker: x}'; exit 1");

        Assert.That(await scene.RunAsync(), Is.Zero);
        Assert.That(scene.Lines, Has.Some.Contains("SLUG3153: bin/release of buildpack 'odd' exited with 1"));
        Assert.That(Result.Processes.Keys, Is.EqualTo((string[])["web"]));
    }

    [Test]
    public async Task Should_give_the_job_s_environment_and_no_more()
    {
        Environment.SetEnvironmentVariable("SLUG_TOKEN", "secret");
        scene.Buildpack("curious", compile: "env | cut -d= -f1 | sort | tr '\\n' ' ' > $1/names");

        await scene.RunAsync();

        Assert.That(scene.App("names"), Is.EqualTo("HOME PATH PWD SHLVL STACK _ "));
    }

    [Test]
    public async Task Should_keep_config_vars_in_files_whatever_they_hold()
    {
        scene.ConfigVars["KEY"] = "one\ntwo";
        scene.Buildpack("reads", compile: "cat $3/KEY > $1/key; echo \"${KEY-unset}\" >> $1/key");

        await scene.RunAsync();

        Assert.That(scene.App("key"), Is.EqualTo("one\ntwounset\n"));
    }

    [Test]
    public async Task Should_not_wait_for_what_runs_on_in_the_background()
    {
        scene.Buildpack("daemon", compile: "sleep 1000 & echo $! > $1/pid; echo started");

        Assert.That(await scene.RunAsync(), Is.Zero);
        Assert.That(scene.Lines, Has.Some.EqualTo("started"));
        Assert.That(() => Directory.Exists($"/proc/{scene.App("pid").Trim()}"), Is.False.After(2000, 20));
    }
}
