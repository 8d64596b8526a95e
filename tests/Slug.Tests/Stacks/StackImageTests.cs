using System.Formats.Tar;
using System.Text;
using System.Text.Json;
using Slug.Content;
using Slug.Stacks;

namespace Slug.Tests.Stacks;

internal sealed class StackImageTests
{
    private static readonly Digest Definition = Digest.Of("definition"u8);
    private static readonly ImageLayer Layer = new("/dev/null", Digest.Of("layer"u8), 0);

    [Test]
    public void The_config_names_user_labels_and_layers_and_holds_no_moment()
    {
        var config = JsonDocument.Parse(Run().Config).RootElement;

        Assert.That(config.GetProperty("os").GetString(), Is.EqualTo("linux"));
        Assert.That(config.GetProperty("created").GetDateTimeOffset(), Is.EqualTo(LayerTime.Fixed));
        Assert.That(config.GetProperty("config").GetProperty("User").GetString(), Is.EqualTo("slug"));
        Assert.That(config.GetProperty("config").GetProperty("WorkingDir").GetString(), Is.EqualTo("/app"));
        Assert.That(config.GetProperty("config").GetProperty("Env").EnumerateArray().Select(value => value.GetString()),
            Is.EqualTo(["HOME=/app", "PATH=/usr/bin:/bin"]));
        Assert.That(config.GetProperty("config").GetProperty("Labels").GetProperty("slug.stack.definition").GetString(), Is.EqualTo(Definition.Hex));
        Assert.That(config.GetProperty("rootfs").GetProperty("diff_ids")[0].GetString(), Is.EqualTo(Layer.DiffId.ToString()));
    }

    [Test]
    public void The_id_is_the_digest_of_the_config() =>
        Assert.That(Run().Id, Is.EqualTo(Digest.Of(Run().Config)));

    [Test, CancelAfter(60_000)]
    public async Task An_archive_names_each_image_and_holds_a_shared_layer_once(CancellationToken token)
    {
        using var archive = new MemoryStream();

        await DockerArchive.WriteAsync([Run(), Run() with { Tag = "slug-a/sample-build:latest" }], archive, token);

        archive.Position = 0;
        using var reader = new TarReader(archive);
        var manifest = reader.GetNextEntry(copyData: true)!;
        Assert.That(manifest.Name, Is.EqualTo("manifest.json"));
        Assert.That(new StreamReader(manifest.DataStream!, Encoding.UTF8).ReadToEnd(), Does.Contain(
            $$"""{"Config":"{{Run().Id.Hex}}.json","RepoTags":["slug-a/sample-build:latest"],"Layers":["{{Layer.DiffId.Hex}}/layer.tar"]}"""));
        Assert.That(Names(reader).Count(name => name.EndsWith("layer.tar", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public void An_SDK_is_found_by_its_newest_version()
    {
        var folder = Directory.CreateTempSubdirectory("slug-sdk-");
        foreach (var version in (string[])["9.0.300", "10.0.99", "10.0.401"])
            folder.CreateSubdirectory("sdk/" + version);

        Assert.That(DotnetSdk.FindIn(folder.FullName).Version, Is.EqualTo("10.0.401"));

        folder.Delete(recursive: true);
    }

    [Test]
    public void A_machine_with_a_runtime_alone_has_no_SDK() =>
        Assert.That(() => DotnetSdk.FindIn("/nonexistent"), Throws.InstanceOf<StackException>().With.Message.StartsWith("SLUG7105"));

    [Test]
    public void An_unknown_stack_is_refused_with_the_known_ones()
    {
        var catalog = new StackCatalog("/nonexistent", null!);

        Assert.That(() => catalog.Find("jammy"), Throws.InstanceOf<StackException>().With.Message.StartsWith("SLUG7102: there is no stack 'jammy'"));
    }

    [TestCase("I: running apt-get update...", "reading the archive's package lists")]
    [TestCase("I: success in 70.9 seconds", null)]
    [TestCase("E: setup failed", null)]
    public void Progress_is_told_from_the_lines_of_mmdebstrap(string line, string? step) =>
        Assert.That(BootstrapStep.Of(line), Is.EqualTo(step));

    private static StackImage Run() =>
        StackImage.Of(SampleStack.Definition, StackLabels.ForRun(SampleStack.Definition, Definition), "slug-a/sample-run:latest", Layer);

    private static List<string> Names(TarReader reader)
    {
        var names = new List<string>();
        while (reader.GetNextEntry() is { } entry)
            names.Add(entry.Name);
        return names;
    }
}
