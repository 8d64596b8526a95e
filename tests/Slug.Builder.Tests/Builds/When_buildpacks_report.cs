using Slug.Builder.Tests.Support;
using Slug.Content.Wire;

namespace Slug.Builder.Tests.Builds;

[CancelAfter(60_000)]
internal sealed class When_buildpacks_report
{
    private readonly BuildScene scene = new() { Chosen = true };

    private IEnumerable<string> Reports =>
        scene.Result!.Reports.Select(report => $"{report.Buildpack}: {string.Join(", ", report.Values.Select(value => $"{value.Key}={value.Value}"))}");

    [TearDown]
    public async Task Leave() => await scene.DisposeAsync();

    [Test]
    public async Task Should_keep_what_each_says_of_a_build_that_succeeds()
    {
        scene.Buildpack("a", more: Says("node_version: 20.1.0\ncached: true"))
            .Buildpack("b", more: Says("{\"json\": \"is YAML\"}"));

        Assert.That(await scene.RunAsync(), Is.Zero);
        Assert.That(Reports, Is.EqualTo((string[])["a: node_version=20.1.0, cached=true", "b: json=is YAML"]));
    }

    [Test]
    public async Task Should_keep_what_those_say_that_had_their_turn_when_one_fails()
    {
        scene.Buildpack("a", more: Says("a: 1")).Buildpack("b", compile: "exit 7", more: Says("failure: lockfile")).Buildpack("c", more: Says("c: 1"));

        Assert.That(await scene.RunAsync(), Is.EqualTo(40));
        Assert.That(Reports, Is.EqualTo((string[])["a: a=1", "b: failure=lockfile"]));
        Assert.That(((BuildOutcome.Failed)scene.Result!).ExitCode, Is.EqualTo(7));
    }

    [Test]
    public async Task Should_leave_the_command_that_failed_to_be_looked_at()
    {
        scene.Buildpack("a", compile: "exit 7", more: Says("a: 1"));

        await scene.RunAsync();

        Assert.That(await File.ReadAllTextAsync(scene.Paths.LastCommand), Does.Contain("a/bin/compile").And.Not.Contain("report"));
    }

    [TestCase("exit 3")]
    [TestCase("echo 'not: [yaml'")]
    [TestCase("echo words")]
    [TestCase("rm -rf \"$PWD\"")]
    public async Task Should_not_mind_one_that_fails_or_says_nonsense(string report)
    {
        scene.Buildpack("odd", more: ("bin/report", $"#!/bin/bash\n{report}\n"));

        Assert.That(await scene.RunAsync(), Is.Zero);
        Assert.That(Reports, Is.Empty);
        Assert.That(scene.Lines, Has.None.Contains("words"));
    }

    [Test]
    public async Task Should_be_given_the_folders_of_the_build_and_not_what_export_sets()
    {
        scene.Buildpack("first", compile: "echo 'export WORD=set' > export; echo mark > $2/mark")
            .Buildpack("asks", more: ("bin/report", "#!/bin/bash\necho \"app: $(cat $1/README)\"; echo \"cache: $(cat $2/mark)\"; echo \"var: $(cat $3/KEY)\"; echo \"word: ${WORD-unset}\"\n"));
        scene.ConfigVars["KEY"] = "value";

        await scene.RunAsync();

        Assert.That(Reports, Is.EqualTo((string[])["asks: app=An app., cache=mark, var=value, word=unset"]));
    }

    [Test]
    public async Task Should_not_wait_for_one_that_never_ends()
    {
        scene.Buildpack("hangs", more: ("bin/report", "#!/bin/bash\necho 'a: 1'\nsleep 1000\n"));

        Assert.That(await scene.RunAsync(), Is.Zero);
        Assert.That(Reports, Is.Empty);
    }

    private static (string Name, string Content) Says(string yaml) => ("bin/report", $"#!/bin/bash\ncat <<'Y'\n{yaml}\nY\n");
}
