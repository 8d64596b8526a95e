using Slug.Builder.Tests.Support;

namespace Slug.Builder.Tests.Builds;

internal sealed class When_a_droplet_is_made_again
{
    private readonly BuildScene scene = new() { IsVerification = true, Chosen = true };

    [TearDown]
    public async Task Leave() => await scene.DisposeAsync();

    [Test, CancelAfter(60_000)]
    public async Task Should_say_of_every_file_which_part_of_the_build_wrote_it_last(CancellationToken cancellationToken)
    {
        await scene.Source(("Procfile", "web: true\n"), ("touched", "by git\n"), ("left", "by git\n"))
            .Buildpack("one", compile: "echo one >$1/one; echo more >>$1/touched; mkdir $1/deep; echo x >$1/deep/x")
            .Buildpack("two", compile: "echo two >$1/two; echo more >>$1/one; touch -d 1999-01-01 $1/two", release: "echo r >$1/released; echo '---'")
            .RunAsync(cancellationToken);

        Assert.That(Authors(), Is.EquivalentTo(new Dictionary<string, string>
        {
            ["Procfile"] = "Fetch", ["left"] = "Fetch",
            ["touched"] = "Compile bin/compile of one", ["deep"] = "Compile bin/compile of one", ["deep/x"] = "Compile bin/compile of one",
            ["one"] = "Compile bin/compile of two", ["two"] = "Compile bin/compile of two",
            ["released"] = "Release", [".slug"] = "Release", [".slug/launch"] = "Release", [".slug/processes"] = "Release",
        }));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_tell_what_steps_made_from_what_was_only_moved_for_them(CancellationToken cancellationToken)
    {
        await scene.Source(("Procfile", "web: true\n"), ("lock", "v1\n"), ("app.js", "1\n"))
            .Buildpack("node", compile: "echo c >$1/compiled; echo more >>$1/modules/b", more: StepOf("mkdir $1/modules; echo a >$1/modules/a; echo b >$1/modules/b"))
            .Buildpack("other", compile: "true", more: StepOf("echo o >$1/of-other"))
            .RunAsync(cancellationToken);

        Assert.That(Authors(), Is.SupersetOf(new Dictionary<string, string>
        {
            ["app.js"] = "Fetch", ["lock"] = "Fetch", ["modules/a"] = "Compile bin/dependencies of node", ["of-other"] = "Compile bin/dependencies of other",
            ["modules/b"] = "Compile bin/compile of node", ["compiled"] = "Compile bin/compile of node",
        }));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_name_the_files_of_a_step_that_compile_does_not_see(CancellationToken cancellationToken)
    {
        await scene.Source(("Procfile", "web: true\n"), ("lock", "v1\n"))
            .Buildpack("node", more: StepOf("echo a >$1/made; touch ${0%/*/*}/run-only"))
            .RunAsync(cancellationToken);

        Assert.That(Path.Combine(scene.Paths.App, "made"), Does.Not.Exist);
        Assert.That(Authors(), Has.ItemAt("made").EqualTo("Compile bin/dependencies of node"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_hand_in_no_cache_and_be_asked_by_nobody_else(CancellationToken cancellationToken)
    {
        await scene.Buildpack("one", compile: "echo kept >$2/kept").RunAsync(cancellationToken);
        Assert.That(scene.Service.KeptCache, Is.Null);

        await using var ordinary = new BuildScene();
        await ordinary.Buildpack("one", compile: "echo kept >$2/kept").RunAsync(cancellationToken);
        Assert.That(ordinary.Service.KeptCache, Is.Not.Null);
        Assert.That(ordinary.Service.Authors, Is.Empty);
    }

    private static (string Name, string Content)[] StepOf(string step) => [("bin/dependencies", $"#!/bin/bash\n{step}\n"), ("dependencies.inputs", "lock\n")];

    private Dictionary<string, string> Authors() => scene.Service.Authors.ToDictionary(file => file.Key, file => $"{file.Value.Phase} {file.Value.Program}".TrimEnd());
}
