using Slug.Builder.Tests.Support;
using Slug.Content.Wire;

namespace Slug.Builder.Tests.Builds;

[CancelAfter(60_000)]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
internal sealed class When_a_build_succeeds
{
    private readonly BuildScene scene = new();
    private int exitCode;

    [OneTimeSetUp]
    public async Task Build()
    {
        scene.Source(("server.js", "1"), ("Procfile", "web: from source"))
            .Buildpack(
                "nodejs",
                detect: "echo 'Node.js'; echo 'more'; [ -f \"$1/server.js\" ]",
                compile: """
                    echo "-----> Installing"
                    echo "careful" >&2
                    printf 'web: node server.js\n' > "$1/Procfile"
                    printf kept > "$2/kept"
                    printf 'no line break'
                    """,
                release: "printf -- '---\\nconfig_vars:\\n  NODE_ENV: production\\ndefault_process_types:\\n  web: npm start\\n  worker: npm work\\n'");
        exitCode = await scene.RunAsync();
    }

    [OneTimeTearDown]
    public async Task Leave() => await scene.DisposeAsync();

    private BuildOutcome.Succeeded Result => (BuildOutcome.Succeeded)scene.Result!;

    [Test]
    public void The_builder_exits_with_0() => Assert.That(exitCode, Is.Zero);

    [Test]
    public void The_calls_come_in_the_order_of_the_protocol() =>
        Assert.That(scene.Service.Calls, Is.EqualTo((string[])
        [
            "POST next 200",
            "GET builds/b1/source 200",
            $"GET buildpacks/{Result.Buildpacks[0].Digest} 200",
            "GET builds/b1/cache 404",
            $"HEAD blobs/{Result.Layers[0].DiffId} 404",
            $"PUT blobs/{Result.Layers[0].DiffId} 200",
            "POST builds/b1/events 200",
            "POST builds/b1/result 200",
            "PUT builds/b1/cache 200",
        ]));

    [Test]
    public void Every_phase_begins_and_ends_in_order() =>
        Assert.That(
            scene.Service.Events.OfType<PhaseEvent>().Select(mark => $"{mark.Phase} {mark.ExitCode}".TrimEnd()),
            Is.EqualTo((string[])
            [
                "Fetch", "Fetch 0", "Detect", "Detect 0", "Restore", "Restore 0", "Compile", "Compile 0",
                "Release", "Release 0", "Pack", "Pack 0", "Submit",
            ]));

    [Test]
    public void The_log_holds_the_words_of_slug_and_of_the_buildpack() =>
        Assert.That(scene.Lines, Is.SupersetOf((string[])
        [
            "-----> Node.js app detected",
            "-----> Installing",
            "no line break",
            "-----> Discovering process types",
            "       Procfile declares types -> web",
            "       Defaults of nodejs -> web, worker",
            "-----> Packing the slug",
        ]));

    [Test]
    public void Each_line_names_its_stream() =>
        Assert.That(
            scene.Service.Log.Where(line => line.Source != LogSource.Slug).Select(line => (line.Source, line.Text)),
            Is.EquivalentTo(((LogSource, string)[])
            [
                (LogSource.Out, "-----> Installing"), (LogSource.Err, "careful"), (LogSource.Out, "no line break"),
            ]));

    [Test]
    public void The_Procfile_that_compile_wrote_wins_over_the_source_and_the_defaults() =>
        Assert.That(Result.Processes, Is.EqualTo(new Dictionary<string, string> { ["web"] = "node server.js", ["worker"] = "npm work" }));

    [Test]
    public void Config_vars_of_the_release_are_handed_in() =>
        Assert.That(Result.DefaultConfigVars, Is.EqualTo(new Dictionary<string, string> { ["NODE_ENV"] = "production" }));

    [Test]
    public void The_buildpack_is_named_with_what_it_calls_the_app() =>
        Assert.That(Result.Buildpacks, Has.One.Matches<DetectedBuildpack>(buildpack => buildpack is { Name: "nodejs", Description: "Node.js" }));

    [Test]
    public void The_layer_is_the_app_with_its_launcher()
    {
        var tar = scene.Service.Blobs[Result.Layers[0].DiffId.ToString()];

        Assert.That(Content.Digest.Of(tar), Is.EqualTo(Result.Layers[0].DiffId));
        Assert.That(tar, Has.Length.EqualTo(Result.Layers[0].Size));
        Assert.That(TarBytes.Names(tar), Is.SupersetOf((string[])["./app/Procfile", "./app/server.js", "./app/.slug/launch", "./app/.slug/processes"]));
    }

    [Test]
    public void The_launcher_lists_the_process_types() =>
        Assert.That(scene.App(".slug/processes"), Is.EqualTo("web: node server.js\nworker: npm work\n"));

    [Test]
    public void The_cache_is_kept() =>
        Assert.That(TarBytes.Names(scene.Service.KeptCache!), Has.Some.EqualTo("./kept"));
}
