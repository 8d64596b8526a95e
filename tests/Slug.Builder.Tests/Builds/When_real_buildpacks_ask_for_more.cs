using Slug.Builder.Tests.Support;
using Slug.Content.Wire;

namespace Slug.Builder.Tests.Builds;

/// <summary>What real buildpacks turned out to need.</summary>
[CancelAfter(60_000)]
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
        Assert.That(() => Directory.Exists($"/proc/{scene.App("pid").Trim()}"), Is.False.After(60_000, 20));
    }

    [Test]
    public async Task Should_run_programs_that_were_stored_without_their_exec_bit()
    {
        scene.Buildpack("plain", detect: "[[ -x bin/detect && -x bin/compile && -x bin/release && -x bin/more ]] && echo Plain", release: "echo '--- {}'", more: ("bin/more", "#!/bin/bash\n"));

        Assert.That(await scene.RunAsync(), Is.Zero);
    }

    [Test]
    public async Task Should_give_each_build_a_buildpack_that_no_other_has_touched()
    {
        await using var next = new BuildScene();
        foreach (var build in (BuildScene[])[scene, next])
            build.Buildpack("writes", compile: "[[ ! -e state ]] && echo x > state && rm -r lib && echo 'export A=1' > export", more: ("lib/x", "x"));

        Assert.That(await scene.RunAsync(), Is.Zero);
        Assert.That(await next.RunAsync(), Is.Zero);
    }

    [Test]
    public async Task Should_share_one_cache_between_all_buildpacks_of_the_app()
    {
        scene.Chosen = true;
        scene.Buildpack("first", compile: "echo shared > $2/mark").Buildpack("second", compile: "cp $2/mark $1/mark");

        await scene.RunAsync();

        Assert.That(scene.App("mark"), Is.EqualTo("shared\n"));
    }

    [Test]
    public async Task Should_read_the_Procfile_after_the_last_compile()
    {
        scene.Chosen = true;
        scene.Source(("Procfile", "web: source\n"))
            .Buildpack("first", compile: "echo 'web: first' > $1/Procfile")
            .Buildpack("second", compile: "sed -i s/first/second/ $1/Procfile");

        await scene.RunAsync();

        Assert.That(Result.Processes["web"], Is.EqualTo("second"));
    }

    [Test]
    public async Task Should_pass_for_the_stack_that_a_buildpack_knows()
    {
        scene.Buildpack("picky", compile: """case $STACK in heroku-2[0-9]) ;; *) echo "unknown stack: $STACK" >&2; exit 1 ;; esac""");

        Assert.That(await scene.RunAsync(), Is.Zero);
    }

    [TestCase("")]
    [TestCase("true")]
    [TestCase("echo ---")]
    [TestCase("echo '--- {}'")]
    [TestCase("printf 'addons: []'")]
    [TestCase("exit 9")]
    public async Task Should_take_a_release_that_has_nothing_to_say(string release)
    {
        scene.Source(("Procfile", "web: mine\n")).Buildpack("quiet", release: release);

        Assert.That(await scene.RunAsync(), Is.Zero);
        Assert.That(Result.Processes, Is.EqualTo(new Dictionary<string, string> { ["web"] = "mine" }));
    }

    [Test]
    public async Task Should_keep_a_command_as_hard_as_it_is()
    {
        const string command = """sh -c 'exec "$1" --port=${PORT:-80} {a,b}' -- 'x: y # z'""";
        scene.Buildpack("hard", release: $"cat <<'Y'\ndefault_process_types:\n  web: \"{command.Replace("\"", "\\\"", StringComparison.Ordinal)}\"\nY");

        await scene.RunAsync();

        Assert.That(Result.Processes["web"], Is.EqualTo(command));
    }

    [Test]
    public async Task Should_show_what_detect_says_on_its_error_stream_when_nothing_detects()
    {
        scene.Buildpack("explains", detect: "echo 'no Gemfile.lock' >&2; exit 1");

        await scene.RunAsync();

        Assert.That(((BuildOutcome.NotDetected)scene.Result!).Attempts[0].LastLines, Is.EqualTo((string[])["no Gemfile.lock"]));
    }

    [Test]
    public async Task Should_let_a_buildpack_run_others_itself()
    {
        // As the one that is named multi does: it unpacks others, makes them executable, runs them, and answers in their name.
        scene.Buildpack(
            "nests",
            detect: "echo Nested",
            compile: """
                while read -r name; do
                  dir=$(mktemp -d); cp -r "packs/$name" "$dir/"; dir=$dir/$name
                  chmod -f +x "$dir"/bin/{detect,compile,release} || true
                  "$dir/bin/detect" "$1" || exit 1
                  "$dir/bin/compile" "$1" "$2" "$3" || exit 1
                  if [[ -e $dir/export ]]; then source "$dir/export"; cp "$dir/export" export; fi
                  [[ ! -x $dir/bin/release ]] || "$dir/bin/release" "$1" > "$1/last_pack_release.out"
                done < "$1/.nested"
                """,
            release: "cat $1/last_pack_release.out; rm $1/last_pack_release.out",
            more:
            [
                ("packs/one/bin/detect", "#!/bin/bash\necho One\n"),
                ("packs/one/bin/compile", "#!/bin/bash\necho \"export WORD=one\" > \"$(dirname \"$0\")/../export\"; echo one >> $1/order\n"),
                ("packs/two/bin/detect", "#!/bin/bash\necho Two\n"),
                ("packs/two/bin/compile", "#!/bin/bash\necho \"two after $WORD with $(cat $3/KEY)\" >> $1/order; echo x > $2/two\n"),
                ("packs/two/bin/release", "#!/bin/bash\necho 'default_process_types: {web: two}'\n"),
            ]);
        scene.ConfigVars["KEY"] = "var";
        scene.Source((".nested", "one\ntwo\n"));

        Assert.That(await scene.RunAsync(), Is.Zero);
        Assert.That(scene.App("order"), Is.EqualTo("one\ntwo after one with var\n"));
        Assert.That(Result.Processes["web"], Is.EqualTo("two"));
    }
}
