using Slug.Builder.Tests.Support;
using Slug.Content.Wire;

namespace Slug.Builder.Tests.Builds;

[CancelAfter(60_000)]
internal sealed class When_an_app_is_its_own_buildpack
{
    private readonly BuildScene scene = new();

    [TearDown]
    public async Task Leave() => await scene.DisposeAsync();

    [Test]
    public async Task Should_run_its_programs_in_its_own_folder()
    {
        scene.Programs(
                ("bin/detect", "[[ -f bin/detect && $1 == \"$PWD\" ]] && echo Mine"),
                ("bin/compile", "echo \"$PWD\" > where; echo x > \"$2/kept\"; cat \"$3/KEY\" > key"),
                ("bin/release", "echo 'default_process_types: {web: mine}'"))
            .BuiltIn("inline");
        scene.ConfigVars["KEY"] = "value";

        Assert.That(await scene.RunAsync(), Is.Zero);
        Assert.That(scene.Lines, Has.Some.EqualTo("-----> Mine app detected"));
        Assert.That(scene.App("where"), Is.EqualTo($"{scene.Paths.App}\n"));
        Assert.That(scene.App("key"), Is.EqualTo("value"));
        Assert.That(((BuildOutcome.Succeeded)scene.Result!).Processes["web"], Is.EqualTo("mine"));
    }

    [Test]
    public async Task Should_do_without_a_release()
    {
        scene.Programs(("bin/detect", "echo Mine"), ("bin/compile", "echo 'web: x' > Procfile")).BuiltIn("inline");

        Assert.That(await scene.RunAsync(), Is.Zero);
        Assert.That(((BuildOutcome.Succeeded)scene.Result!).Processes["web"], Is.EqualTo("x"));
    }

    [Test]
    public async Task Should_fail_as_its_compile_does()
    {
        scene.Programs(("bin/detect", "echo Mine"), ("bin/compile", "exit 5")).BuiltIn("inline");

        Assert.That(await scene.RunAsync(), Is.EqualTo(40));
        Assert.That(((BuildOutcome.Failed)scene.Result!).ExitCode, Is.EqualTo(5));
    }

    [TestCase("bin/detect", "no bin/compile in the root")]
    [TestCase("bin/compile", "no bin/detect in the root")]
    public async Task Should_need_both_programs(string only, string words)
    {
        scene.Programs((only, "echo Mine")).BuiltIn("inline");

        Assert.That(await scene.RunAsync(), Is.EqualTo(20));
        Assert.That(((BuildOutcome.NotDetected)scene.Result!).Attempts[0].LastLines, Is.EqualTo((string[])[words]));
    }

    [Test]
    public async Task Should_say_which_program_lacks_its_exec_bit()
    {
        scene.Source(("bin/detect", "#!/bin/bash\n"), ("bin/compile", "#!/bin/bash\n")).BuiltIn("inline");

        Assert.That(await scene.RunAsync(), Is.EqualTo(20));
        Assert.That(((BuildOutcome.NotDetected)scene.Result!).Attempts[0].LastLines[0], Does.Contain("bin/detect is not executable"));
    }

    [TestCase("bin/test-compile", "echo made > made", 0)]
    [TestCase("bin/other", "true", 1)]
    public async Task Should_test_as_it_says(string name, string program, int exitCode)
    {
        scene.IsTest = true;
        scene.Programs(("bin/detect", "echo Mine"), ("bin/compile", "true"), (name, program), ("bin/test", "[[ -f made ]]")).BuiltIn("inline");

        await scene.RunAsync();

        Assert.That(((BuildOutcome.Tested)scene.Result!).ExitCode, Is.EqualTo(exitCode));
    }

    [Test]
    public async Task Should_leave_an_app_alone_that_says_no()
    {
        scene.Programs(("bin/detect", "echo 'not for me' >&2; exit 1"), ("bin/compile", "true")).BuiltIn("inline");

        Assert.That(await scene.RunAsync(), Is.EqualTo(20));
        Assert.That(((BuildOutcome.NotDetected)scene.Result!).Attempts[0].LastLines, Is.EqualTo((string[])["not for me"]));
    }
}
