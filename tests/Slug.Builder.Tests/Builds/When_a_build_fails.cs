using Slug.Builder.Tests.Support;
using Slug.Content.Wire;

namespace Slug.Builder.Tests.Builds;

[CancelAfter(60_000)]
internal sealed class When_a_build_fails
{
    private readonly BuildScene scene = new();

    private BuildOutcome.Failed Result => (BuildOutcome.Failed)scene.Result!;

    [TearDown]
    public async Task Leave() => await scene.DisposeAsync();

    [Test]
    public async Task Should_name_the_program_and_its_exit_code()
    {
        scene.Buildpack("nodejs", compile: "echo broken; exit 3");

        Assert.That(await scene.RunAsync(), Is.EqualTo(40));
        Assert.That(Result, Has.Property(nameof(Result.Reason)).EqualTo(FailureReason.Exit));
        Assert.That(Result.ExitCode, Is.EqualTo(3));
        Assert.That(Result.Message, Does.Contain("bin/compile of buildpack 'nodejs' exited with 3"));
        Assert.That(scene.Service.Events.OfType<PhaseEvent>(), Has.Some.Matches<PhaseEvent>(mark => mark is { Phase: BuildPhase.Compile, ExitCode: 40 }));
    }

    [Test]
    public async Task Should_neither_send_a_layer_nor_keep_the_cache()
    {
        scene.Buildpack("nodejs", compile: "echo x > $2/x; exit 1");

        await scene.RunAsync();

        Assert.That(scene.Service.Calls, Has.None.Contains("PUT"));
    }

    [Test]
    public async Task Should_say_that_bin_compile_is_missing_by_127()
    {
        scene.Buildpack("nodejs", compile: "");

        await scene.RunAsync();

        Assert.That(Result.ExitCode, Is.EqualTo(127));
    }

    [TestCase("memory.events", "low 0\noom 1\noom_kill ")]
    [TestCase("memory/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill ")]
    public async Task Should_tell_memory_from_an_exit_code(string file, string counters)
    {
        scene.Cgroup(file, counters + "4");
        scene.Buildpack("nodejs", compile: $"printf '{counters.Replace("\n", "\\n", StringComparison.Ordinal)}5\\n' > {scene.Paths.Cgroups}/{file}; exit 137");

        await scene.RunAsync();

        Assert.That(Result.Reason, Is.EqualTo(FailureReason.OutOfMemory));
        Assert.That(Result.Message, Does.Contain("Build ran out of memory (2 GB)"));
    }

    [TestCase("pids.events")]
    [TestCase("pids/pids.events")]
    public async Task Should_tell_too_many_processes_from_an_exit_code(string file)
    {
        scene.Cgroup(file, "max 0");
        scene.Buildpack("nodejs", compile: $"echo max 7 > {scene.Paths.Cgroups}/{file}; exit 1");

        await scene.RunAsync();

        Assert.That(Result.Reason, Is.EqualTo(FailureReason.TooManyProcesses));
        Assert.That(Result.Message, Does.Contain("Build started more than 1024 processes"));
    }

    [Test]
    public async Task Should_not_blame_a_limit_that_was_hit_before()
    {
        scene.Cgroup("memory.events", "oom_kill 4");
        scene.Buildpack("nodejs", compile: "exit 1");

        await scene.RunAsync();

        Assert.That(Result.Reason, Is.EqualTo(FailureReason.Exit));
    }

    [Test]
    public async Task Should_name_a_chosen_folder_that_the_source_lacks()
    {
        scene.Folder("./buildpacks/own");

        Assert.That(await scene.RunAsync(), Is.EqualTo(10));
        Assert.That(Result.Message, Does.StartWith("SLUG3200: the source has no folder './buildpacks/own'"));
    }

    [Test]
    public async Task Should_name_the_line_of_a_Procfile_that_is_not_valid()
    {
        scene.Source(("Procfile", "web: a\nworker\n")).Buildpack("procfile");

        Assert.That(await scene.RunAsync(), Is.EqualTo(50));
        Assert.That(Result.Reason, Is.EqualTo(FailureReason.Invalid));
        Assert.That(Result.Message, Does.StartWith("SLUG3151: Procfile is not valid, line 2: 'worker' has no colon"));
    }

    [Test]
    public async Task Should_name_the_buildpack_whose_release_is_no_YAML()
    {
        scene.Buildpack("odd", release: "echo 'default_process_types: [web]'");

        await scene.RunAsync();

        Assert.That(Result.Message, Does.StartWith("SLUG3152: bin/release of buildpack 'odd' printed no valid YAML, line 1"));
    }

    [Test]
    public async Task Should_name_an_entry_that_no_archive_can_hold()
    {
        scene.Buildpack("odd", compile: "mkfifo $1/pipe");

        Assert.That(await scene.RunAsync(), Is.EqualTo(60));
        Assert.That(Result.Reason, Is.EqualTo(FailureReason.Invalid));
        Assert.That(Result.Message, Does.Contain("pipe").And.Contain("SLUG3161"));
    }

    [Test]
    public async Task Should_name_the_size_the_limit_and_the_largest_folders_of_a_slug_that_is_too_large()
    {
        scene.DropletLimit = 1 << 20;
        scene.Buildpack("large", compile: "mkdir -p $1/node_modules/a $1/b && head -c 3145728 /dev/urandom > $1/node_modules/a/x && head -c 1000 /dev/urandom > $1/b/x");

        Assert.That(await scene.RunAsync(), Is.EqualTo(60));
        Assert.That(Result.Reason, Is.EqualTo(FailureReason.TooLarge));
        Assert.That(Result.Message, Does.Contain("Slug is 3.1 MB, the limit is 1 MB; largest folders before compression: node_modules (3 MB), node_modules/a (3 MB)"));
        Assert.That(scene.Service.Blobs, Is.Empty);
    }

    // Of its files the sum fits, of what a tar has around them it does not: known when that is sent.
    [TestCase("head -c 3145728 /dev/zero > zeros")]
    [TestCase("mkdir many && cd many && seq 1500 | xargs -I N sh -c 'echo N > N'")]
    public async Task Should_compress_a_slug_at_once_where_it_fits_no_other_way(string compile)
    {
        scene.DropletLimit = 1 << 20;
        scene.Buildpack("large", compile: $"cd $1 && {compile}");

        Assert.That(await scene.RunAsync(), Is.Zero);
        Assert.That(scene.Service.Forms.Values, Is.All.EqualTo(LayerForm.Zstd));
    }

    [Test]
    public async Task Should_call_a_buildpack_with_other_bytes_our_own_fault()
    {
        scene.Buildpack("nodejs");
        foreach (var digest in scene.Service.Buildpacks.Keys)
            scene.Service.Buildpacks[digest] = TarBytes.Of(("bin/detect", "#!/bin/bash\n"));

        Assert.That(await scene.RunAsync(), Is.EqualTo(15));
        Assert.That(Result.Reason, Is.EqualTo(FailureReason.Internal));
        Assert.That(Result.Message, Does.StartWith("SLUG3112: buildpack 'nodejs' arrived as sha256:"));
    }

    [Test]
    public async Task Should_refuse_a_source_that_reaches_outside()
    {
        scene.Source(("../outside", "x")).Buildpack("nodejs");

        Assert.That(await scene.RunAsync(), Is.EqualTo(10));
        Assert.That(Result.Message, Does.StartWith("SLUG3111: source cannot be unpacked"));
    }
}
