using Slug.Builder.Tests.Support;
using Slug.Content.Wire;

namespace Slug.Builder.Tests.Builds;

[CancelAfter(60_000)]
internal sealed class When_an_app_is_tested
{
    private readonly BuildScene scene = new() { Chosen = true, IsTest = true };

    [TearDown]
    public async Task Leave() => await scene.DisposeAsync();

    [TestCase(0)]
    [TestCase(3)]
    public async Task Should_end_as_its_tests_do(int exitCode)
    {
        scene.Buildpack("tests", compile: "exit 9", more: [Program("test-compile", "echo compiled > $1/$(ls $2 | wc -l)"), Program("test", $"cat $1/0; echo asked >&2; exit {exitCode}")]);

        Assert.That(await scene.RunAsync(), Is.Zero);
        Assert.That(scene.Result, Is.InstanceOf<BuildOutcome.Tested>().With.Property("ExitCode").EqualTo(exitCode));
        Assert.That(scene.Lines, Is.SupersetOf((string[])["-----> Running the tests by tests", "compiled", "asked"]));
    }

    [Test]
    public async Task Should_neither_pack_nor_keep_anything()
    {
        scene.Buildpack("tests", more: [Program("test-compile", "echo x > $2/x"), Program("test", "true")]);

        await scene.RunAsync();

        Assert.That(scene.Service.Calls, Has.None.Contains("PUT"));
        Assert.That(scene.Service.Events.OfType<PhaseEvent>().Select(mark => mark.Phase).Distinct(),
            Is.EqualTo((BuildPhase[])[BuildPhase.Fetch, BuildPhase.Detect, BuildPhase.Restore, BuildPhase.Compile, BuildPhase.Test, BuildPhase.Submit]));
    }

    [Test]
    public async Task Should_run_the_tests_of_the_last_that_has_some_with_what_all_left()
    {
        scene.Buildpack("first", compile: "echo 'export WORD=exported' > export", more: Program("test", "exit 1"))
            .Buildpack("second", compile: "mkdir $1/.profile.d; echo 'export RUN=profiled' > $1/.profile.d/a.sh", more: Program("test", "echo \"$WORD $RUN $(cat $2/KEY)\""))
            .Buildpack("third");
        scene.ConfigVars["KEY"] = "value";

        await scene.RunAsync();

        Assert.That(scene.Result, Is.InstanceOf<BuildOutcome.Tested>().With.Property("ExitCode").Zero);
        Assert.That(scene.Lines, Has.Some.EqualTo("exported profiled value"));
    }

    [Test]
    public async Task Should_fail_where_it_does_not_compile()
    {
        scene.Buildpack("tests", more: [Program("test-compile", "exit 4"), Program("test", "true")]);

        Assert.That(await scene.RunAsync(), Is.EqualTo(40));
        Assert.That(((BuildOutcome.Failed)scene.Result!).Message, Does.Contain("bin/test-compile of buildpack 'tests' exited with 4"));
    }

    [Test]
    public async Task Should_say_that_nobody_tests()
    {
        scene.Buildpack("a").Buildpack("b");

        Assert.That(await scene.RunAsync(), Is.EqualTo(80));
        Assert.That(((BuildOutcome.Failed)scene.Result!).Message, Does.StartWith("SLUG3202: no buildpack of this app runs tests: a, b"));
    }

    private static (string Name, string Content) Program(string name, string script) => ($"bin/{name}", $"#!/bin/bash\n{script}\n");
}
