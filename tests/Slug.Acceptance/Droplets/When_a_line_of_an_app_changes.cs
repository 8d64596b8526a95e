using System.Text.Json;

namespace Slug.Acceptance.Droplets;

/// <summary>The node sample, pushed, and pushed again with one line changed.</summary>
[Parallelizable]
public sealed class When_a_line_of_an_app_changes
{
    private readonly string app = Slugs.NewName();
    private readonly List<ProgramResult> pushes = [];
    private readonly List<Dictionary<string, long>> blobs = [];

    [OneTimeSetUp]
    public async Task PushAsync()
    {
        using var patience = Slugs.Patience();
        using var folder = await GitFolder.OfSampleAsync("node-hello", patience.Token);
        await PushAsync(folder, patience.Token);
        var server = await File.ReadAllTextAsync(Path.Combine(folder.Path, "server.js"), patience.Token);
        await folder.CommitAsync(new Dictionary<string, string> { ["server.js"] = server + "// changed\n" }, patience.Token);
        await PushAsync(folder, patience.Token);
    }

    [Test]
    public void Should_store_less_than_a_hundredth_of_the_droplet() =>
        Assert.That(blobs[1].Where(blob => !blobs[0].ContainsKey(blob.Key)).Sum(blob => blob.Value), Is.InRange(1, blobs[1].Values.Sum() / 100));

    [Test]
    public void Should_tell_the_pusher_what_was_new()
    {
        Assert.That(pushes[0].Output, Does.Match(@"Packing: 0 of 2 layers unchanged, [0-9.]+ MB new; [0-9.]+ MB, compressed [0-9.]+ MB"));
        Assert.That(pushes[1].Output, Does.Match(@"Packing: 1 of 2 layers unchanged, [0-9.]+ (KB|bytes) new; [0-9.]+ MB, compressed [0-9.]+ MB"));
    }

    private async Task PushAsync(GitFolder folder, CancellationToken cancellationToken)
    {
        var push = await folder.PushAsync(Slugs.Real, app, cancellationToken);
        Assert.That(push.ExitCode, Is.Zero, push.Output);
        pushes.Add(push);
        using var droplets = JsonDocument.Parse((await Slugs.Real.SlugAsync(cancellationToken, "droplets", app, "--json")).Output);
        blobs.Add(BlobsOf(droplets.RootElement[0].GetProperty("digest").GetString()!));
    }

    // The config, and the layers as they are stored.
    private static Dictionary<string, long> BlobsOf(string droplet)
    {
        using var index = JsonDocument.Parse(File.ReadAllText(Path.Combine(Slugs.Real.Data, "oci", "index.json")));
        var manifest = index.RootElement.GetProperty("manifests").EnumerateArray()
            .Select(entry => JsonDocument.Parse(File.ReadAllText(BlobPath(entry.GetProperty("digest").GetString()!))).RootElement)
            .First(image => image.GetProperty("config").GetProperty("digest").GetString() == droplet);
        return manifest.GetProperty("layers").EnumerateArray().Append(manifest.GetProperty("config"))
            .ToDictionary(blob => blob.GetProperty("digest").GetString()!, blob => blob.GetProperty("size").GetInt64());
    }

    private static string BlobPath(string digest) => Path.Combine(Slugs.Real.Data, "oci", "blobs", "sha256", digest.Split(':')[1]);
}
