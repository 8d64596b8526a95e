using System.Text.Json;

namespace Slug.Acceptance.Builds;

/// <summary>An app with a buildpack of its own, whose step makes a file out of the lockfile.</summary>
[Parallelizable]
public sealed class When_a_buildpack_declares_what_it_reads
{
    private const string Dependencies = """
        #!/bin/bash
        cd "$1" && echo "       the step sees $(find . -type f | xargs)"
        mkdir -p lib && sed 's/^/made of /' lock >lib/made && head -c 300000 /dev/urandom >lib/noise
        """;

    private readonly string app = Slugs.NewName();
    private GitFolder folder = null!;
    private readonly List<ProgramResult> pushes = [];
    private readonly List<string> droplets = [];

    [OneTimeSetUp]
    public async Task PushAsync()
    {
        using var patience = Slugs.Patience();
        folder = await GitFolder.OfAsync(
            new Dictionary<string, string>
            {
                ["lock"] = "v1\n",
                ["main"] = "first\n",
                ["Procfile"] = "web: cat lib/made main; sleep infinity\n",
                ["app.json"] = """{"buildpacks": ["./buildpack"]}""",
                ["buildpack/bin/detect"] = "#!/bin/bash\necho Own\n",
                ["buildpack/bin/dependencies"] = Dependencies,
                ["buildpack/dependencies.inputs"] = "/lock\n",
                ["buildpack/bin/compile"] = "#!/bin/bash\necho \"       compile has $(cat $1/lib/made)\"\n",
            },
            patience.Token);
        await PushAsync(null, patience.Token);
        await PushAsync(new() { ["main"] = "second\n" }, patience.Token);
        await PushAsync(new() { ["main"] = "third\n", ["lock"] = "v2\n" }, patience.Token);
        await PushAsync(new() { ["main"] = "fourth\n" }, patience.Token, "--push-option=no-cache", "main");
    }

    [OneTimeTearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void Should_run_the_step_among_its_inputs_alone() =>
        Assert.That(pushes[0].Output, Does.Contain($"Dependencies of ./buildpack: to be made, no build of '{app}' has left them").And.Contains("the step sees ./lock").And.Contains("compile has made of v1"));

    [Test]
    public void Should_neither_run_it_nor_send_what_it_made_while_its_inputs_are_unchanged()
    {
        Assert.That(pushes[1].Output, Does.Match("Dependencies of ./buildpack: kept, 3[0-9]{2} KB from build [0-9a-f-]{36}").And.Not.Contains("the step sees").And.Contains("compile has made of v1"));
        Assert.That(LayersOf(droplets[1])[0], Is.EqualTo(LayersOf(droplets[0])[0]));
        Assert.That(LayersOf(droplets[1])[1], Is.Not.EqualTo(LayersOf(droplets[0])[1]));
    }

    [Test]
    public void Should_run_it_again_when_one_has_changed() =>
        Assert.That(pushes[2].Output, Does.Contain("the step sees").And.Contains("compile has made of v2"));

    [Test]
    public void Should_run_it_again_when_the_push_wants_no_cache() =>
        Assert.That(pushes[3].Output, Does.Contain("to be made, as the push asked (-o no-cache)").And.Contains("the step sees"));

    [Test, CancelAfter(60_000)]
    public async Task Should_run_with_the_files_of_both_layers(CancellationToken cancellationToken)
    {
        var said = await Slugs.Real.SlugAsync(cancellationToken, "run", app, "--", "cat", "lib/made", "main");
        Assert.That(said.Output, Does.Contain("made of v2").And.Contains("fourth"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_be_one_archive_that_tar_reads_to_its_end(CancellationToken cancellationToken)
    {
        var archive = Path.Combine(folder.Path, "slug.tgz");
        await Slugs.Real.SlugAsync(cancellationToken, "droplets", "download", app, "--output", archive);
        await using var tar = RunningProgram.Start("tar", ["tzf", archive]);
        var listed = await tar.EndAsync(cancellationToken);
        Assert.That(listed.ExitCode, Is.Zero, listed.Output);
        Assert.That(listed.Output.Split('\n'), Is.SupersetOf((string[])["./app/lib/made", "./app/lib/noise", "./app/main", "./app/.slug/launch"]));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_show_what_is_kept(CancellationToken cancellationToken) =>
        Assert.That((await Slugs.Real.SlugAsync(cancellationToken, "cache", app)).Output, Does.Match(@"dependencies of \./buildpack +bookworm +3[0-9]{2} kB"));

    private async Task PushAsync(Dictionary<string, string>? changes, CancellationToken cancellationToken, params string[] options)
    {
        if (changes is not null)
            await folder.CommitAsync(changes, cancellationToken);
        var push = await folder.PushAsync(Slugs.Real, app, cancellationToken, options);
        Assert.That(push.ExitCode, Is.Zero, push.Output);
        pushes.Add(push);
        droplets.Add((await Slugs.Real.SlugAsync(cancellationToken, "droplets", app, "--json")).Output);
    }

    private static string[] LayersOf(string droplets)
    {
        var digest = JsonDocument.Parse(droplets).RootElement[0].GetProperty("digest").GetString()!.Split(':')[1];
        using var config = JsonDocument.Parse(File.ReadAllText(Path.Combine(Slugs.Real.Data, "oci", "blobs", "sha256", digest)));
        return [.. config.RootElement.GetProperty("rootfs").GetProperty("diff_ids").EnumerateArray().Select(layer => layer.GetString()!)];
    }
}
