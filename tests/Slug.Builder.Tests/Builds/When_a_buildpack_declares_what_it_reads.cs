using Slug.Builder.Tests.Support;
using Slug.Content.Wire;

namespace Slug.Builder.Tests.Builds;

/// <summary>A buildpack whose step makes <c>lib/made</c> out of the lockfile, and says on its way what it sees.</summary>
[CancelAfter(60_000)]
internal sealed class When_a_buildpack_declares_what_it_reads
{
    private const string Dependencies = """
        cd $1; echo "step sees $(find . -type f | sort | xargs)"; echo "step reads $(ls $3 | xargs)"
        mkdir lib; sed s/^/made:/ lock >lib/made; echo inputs are not mine >lock
        """;

    private readonly List<BuildScene> scenes = [];

    [TearDown]
    public async Task Leave()
    {
        foreach (var scene in scenes)
            await scene.DisposeAsync();
    }

    [Test]
    public async Task Should_run_the_step_among_its_inputs_alone_and_compile_among_all()
    {
        var scene = Scene("v1", "code");

        Assert.That(await scene.RunAsync(), Is.Zero);
        Assert.That(scene.Lines, Has.Some.EqualTo("step sees ./lock").And.Some.EqualTo("step reads NODE_ENV"));
        Assert.That(scene.Lines, Has.Some.EqualTo("compile sees lib lock main, made:v1, lock is v1, done 1"));
        Assert.That(scene.Lines, Has.Some.EqualTo("-----> Dependencies of steps: to be made, nobody left them"));
    }

    [Test]
    public async Task Should_pack_what_the_step_made_as_a_layer_of_its_own()
    {
        var scene = Scene("v1", "code");

        await scene.RunAsync();

        var layers = Succeeded(scene).Layers;
        Assert.That(layers, Has.Count.EqualTo(2));
        Assert.That(NamesOf(scene, layers[0]), Is.EqualTo((string[])["./app/", "./app/lib/", "./app/lib/made"]));
        Assert.That(NamesOf(scene, layers[1]), Has.Some.EqualTo("./app/main").And.Some.EqualTo("./app/lock").And.None.StartWith("./app/lib"));
    }

    [Test]
    public async Task Should_not_run_it_again_while_its_inputs_are_the_same()
    {
        var first = Scene("v1", "code");
        await first.RunAsync();
        var second = Scene("v1", "changed").After(first);

        Assert.That(await second.RunAsync(), Is.Zero);
        Assert.That(second.Lines, Has.None.StartWith("step sees").And.Some.Match("-----> Dependencies of steps: kept, [0-9.]+ [a-zA-Z]+ from build b0; nothing that they are made of has changed"));
        Assert.That(second.Lines, Has.Some.EqualTo("compile sees lib lock main, made:v1, lock is v1, done 1"));
        Assert.That(Succeeded(second).Layers[0], Is.EqualTo(Succeeded(first).Layers[0]));
        Assert.That(Succeeded(second).Layers[1], Is.Not.EqualTo(Succeeded(first).Layers[1]));
        Assert.That(Succeeded(second).Steps, Is.Empty);
    }

    [Test]
    public async Task Should_become_the_same_droplet_with_and_without_what_is_kept()
    {
        var first = Scene("v1", "code");
        await first.RunAsync();
        var kept = Scene("v1", "changed").After(first);
        var anew = Scene("v1", "changed");

        await kept.RunAsync();
        await anew.RunAsync();

        Assert.That(Succeeded(kept).Layers, Is.EqualTo(Succeeded(anew).Layers));
    }

    [Test]
    public async Task Should_become_the_same_droplet_whichever_of_two_steps_is_kept()
    {
        var both = await TwoAsync("v1", after: null);
        var first = await TwoAsync("v2", after: both);
        var anew = await TwoAsync("v2", after: null);

        Assert.That(first.Lines.Where(line => line.Contains(": kept, ", StringComparison.Ordinal)).ToList(), Has.Count.EqualTo(1));
        Assert.That(Succeeded(first).Layers, Is.EqualTo(Succeeded(anew).Layers).And.Count.EqualTo(3));
        Assert.That(NamesOf(anew, Succeeded(anew).Layers[2]), Has.None.Contains("/one").And.None.Contains("/two"));
    }

    [TestCase("v2", "production", "")]
    [TestCase("v1", "staging", "")]
    [TestCase("v1", "production", "# another buildpack")]
    public async Task Should_run_it_again_when_an_input_a_config_var_or_the_buildpack_is_another(string lockfile, string environment, string buildpack)
    {
        var first = Scene("v1", "code");
        await first.RunAsync();
        var second = Scene(lockfile, "code", Dependencies + "\n" + buildpack).After(first);
        second.ConfigVars["NODE_ENV"] = environment;

        await second.RunAsync();

        Assert.That(second.Lines, Has.Some.StartWith("step sees"));
    }

    [Test]
    public async Task Should_pass_over_a_config_var_that_it_does_not_name()
    {
        var first = Scene("v1", "code");
        await first.RunAsync();
        var second = Scene("v1", "code").After(first);
        second.ConfigVars["SECRET"] = "another one";

        await second.RunAsync();

        Assert.That(second.Lines, Has.None.StartWith("step sees"));
    }

    [Test]
    public async Task Should_neither_unpack_nor_fetch_a_cache_for_what_only_the_run_needs()
    {
        const string runOnly = "touch run-only\n" + Dependencies;
        var first = Scene("v1", "code", runOnly, "cd $1; echo compile sees $(ls); mkdir -p $2/mine; touch $2/mine/x");
        await first.RunAsync();
        var second = Scene("v1", "changed", runOnly, "cd $1; echo compile sees $(ls); mkdir -p $2/mine; touch $2/mine/x").After(first);

        Assert.That(await second.RunAsync(), Is.Zero);
        foreach (var scene in (BuildScene[])[first, second])
            Assert.That(scene.Lines, Has.Some.EqualTo("compile sees lock main"));
        Assert.That(Succeeded(second).Layers[0], Is.EqualTo(Succeeded(first).Layers[0]));
        Assert.That(second.Lines, Has.Some.StartWith("-----> No cache restored: nothing is left"));
        Assert.That(second.Service.Calls, Has.None.Contains("/cache").And.None.StartWith("GET blobs"));
    }

    [Test]
    public async Task Should_pack_with_the_app_what_compile_changed_of_it()
    {
        var scene = Scene("v1", "code", Dependencies, "cd $1; echo more >>lib/made; echo new >lib/new");

        await scene.RunAsync();

        var layers = Succeeded(scene).Layers;
        Assert.That(layers, Has.Count.EqualTo(2));
        Assert.That(NamesOf(scene, layers[1]), Is.SupersetOf((string[])["./app/lib/made", "./app/lib/new"]));
    }

    [Test]
    public async Task Should_pack_one_layer_where_compile_took_something_away_and_keep_the_step_all_the_same()
    {
        var scene = Scene("v1", "code", Dependencies + "\necho for-the-build-alone >lib/tool", "cd $1; rm lib/tool");

        await scene.RunAsync();

        var layers = Succeeded(scene).Layers;
        Assert.That(layers, Has.Count.EqualTo(1));
        Assert.That(NamesOf(scene, layers[0]), Has.Some.EqualTo("./app/lib/made").And.None.EqualTo("./app/lib/tool"));
        Assert.That(Succeeded(scene).Steps, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Should_not_keep_what_the_step_calls_this_build_s_alone()
    {
        var scene = Scene("v1", "code", "touch once\n" + Dependencies);

        await scene.RunAsync();

        Assert.That(Succeeded(scene).Steps, Is.Empty);
        Assert.That(Succeeded(scene).Layers, Has.Count.EqualTo(2));
        Assert.That(scene.Lines, Has.Some.Match("Made: .*, for this build alone"));
    }

    [Test]
    public async Task Should_leave_the_app_to_compile_where_the_step_says_so()
    {
        var scene = Scene("v1", "code", "cd $1; touch rubbish; echo not of this kind; exit 100");

        Assert.That(await scene.RunAsync(), Is.Zero);
        Assert.That(scene.Lines, Has.Some.EqualTo("not of this kind").And.Some.EqualTo("compile sees lock main, , lock is v1, done"));
        Assert.That(Succeeded(scene).Layers, Has.Count.EqualTo(1));
        Assert.That(Succeeded(scene).Steps, Is.Empty);
    }

    [Test]
    public async Task Should_fail_at_once_when_the_step_reads_what_it_does_not_declare()
    {
        var scene = Scene("v1", "code", "cat $1/main");

        Assert.That(await scene.RunAsync(), Is.EqualTo(40));
        Assert.That(((BuildOutcome.Failed)scene.Result!).Message, Does.Contain("SLUG3141: bin/dependencies of buildpack 'steps' exited with 1"));
    }

    [Test]
    public async Task Should_ask_for_the_inputs_of_a_step()
    {
        var scene = New().Buildpack("steps", more: ("bin/dependencies", "#!/bin/bash\n"));

        Assert.That(await scene.RunAsync(), Is.EqualTo(30));
        Assert.That(((BuildOutcome.Failed)scene.Result!).Message, Does.Contain("SLUG3400: buildpack 'steps' has bin/dependencies and no dependencies.inputs"));
    }

    [Test]
    public async Task Should_name_a_file_that_is_in_the_way()
    {
        var scene = New().Source(("lock", "v1\n"), ("lib", "a file\n")).Buildpack(
            "steps", more: [("bin/dependencies", $"#!/bin/bash\n{Dependencies}"), ("dependencies.inputs", "lock")]);

        Assert.That(await scene.RunAsync(), Is.EqualTo(40));
        Assert.That(((BuildOutcome.Failed)scene.Result!).Message, Does.Contain("SLUG3401: 'lib' of the app is in the way"));
    }

    [Test]
    public async Task Should_make_them_again_where_what_is_kept_is_damaged()
    {
        var first = Scene("v1", "code");
        await first.RunAsync();
        var second = Scene("v1", "code").After(first);
        second.Service.Blobs[Succeeded(first).Layers[0].DiffId.ToString()] = TarBytes.Of(("./app/lib/made", "forged"));

        // What it made is called what it was: the double knows no blob, so it is handed in once more.
        Assert.That(await second.RunAsync(), Is.Zero);
        Assert.That(second.Lines, Has.Some.Contains("SLUG3402").And.Some.EqualTo("compile sees lib lock main, made:v1, lock is v1, done 1"));
    }

    [Test]
    public async Task Should_run_no_step_for_tests()
    {
        var scene = Scene("v1", "code");
        scene.IsTest = true;

        await scene.RunAsync();

        Assert.That(scene.Lines, Has.None.StartWith("step sees").And.Some.EndWith("lock is v1, done"));
    }

    // Two buildpacks with a step each: the first reads a, the second b.
    private async Task<BuildScene> TwoAsync(string b, BuildScene? after)
    {
        var scene = New().Source(("a", "v1\n"), ("b", b + "\n"), ("main", "code\n"));
        scene.Chosen = true;
        foreach (var (input, folder) in ((string, string)[])[("a", "one"), ("b", "two")])
        {
            scene.Buildpack(
                folder, compile: "true",
                more: [("bin/dependencies", $"#!/bin/bash\nmkdir -p $1/{folder}/deep && cp $1/{input} $1/{folder}/deep/made && touch $1/{folder}.lock\n"), ("dependencies.inputs", $"/{input}\n")]);
        }

        Assert.That(await (after is null ? scene : scene.After(after)).RunAsync(), Is.Zero);
        return scene;
    }

    private BuildScene New()
    {
        var scene = new BuildScene();
        scenes.Add(scene);
        return scene;
    }

    private BuildScene Scene(string lockfile, string main, string dependencies = Dependencies, string compile = "cd $1; echo compile sees $(ls | xargs), $(cat lib/made 2>/dev/null), lock is $(cat lock), done $SLUG_DEPENDENCIES")
    {
        var scene = New().Source(("lock", lockfile + "\n"), ("main", main + "\n"))
            .Buildpack("steps", compile: compile, more: [("bin/dependencies", $"#!/bin/bash\nset -e\n{dependencies}\n"), ("dependencies.inputs", "# what it reads\n/lock\n$NODE_*\n")]);
        scene.ConfigVars["NODE_ENV"] = "production";
        scene.ConfigVars["SECRET"] = "not for the step";
        return scene;
    }

    private static BuildOutcome.Succeeded Succeeded(BuildScene scene) => (BuildOutcome.Succeeded)scene.Result!;

    private static IReadOnlyList<string> NamesOf(BuildScene scene, LayerReference layer) => TarBytes.Names(scene.Service.Blobs[layer.DiffId.ToString()]);
}
