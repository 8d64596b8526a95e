namespace Slug.Acceptance.Droplets;

/// <summary>The node sample, pushed, and pushed again with one line changed.</summary>
[Parallelizable]
public sealed class When_a_line_of_an_app_changes
{
    private readonly string app = Slugs.NewName();
    private readonly List<ProgramResult> pushes = [];
    private readonly List<IReadOnlyDictionary<string, long>> blobs = [];

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
        Assert.That(pushes[0].Output, Does.Match(@"Packing: 0 of 2 layers unchanged, [0-9.]+ MB new; [0-9.]+ MB"));
        Assert.That(pushes[1].Output, Does.Match(@"Packing: 1 of 2 layers unchanged, [0-9.]+ (KB|bytes) new; [0-9.]+ MB"));
    }

    private async Task PushAsync(GitFolder folder, CancellationToken cancellationToken)
    {
        var push = await folder.PushAsync(Slugs.Real, app, cancellationToken);
        Assert.That(push.ExitCode, Is.Zero, push.Output);
        pushes.Add(push);
        blobs.Add((await StoredDroplet.OfAsync(Slugs.Real, app, cancellationToken)).Blobs);
    }
}
