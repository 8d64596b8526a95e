using Slug.Builder.Packing;
using Slug.Builder.Protocol;
using Slug.Builder.Tests.Support;
using Slug.Content;
using Slug.Content.Tar;
using Slug.Content.Wire;

namespace Slug.Builder.Tests.Packing;

[CancelAfter(60_000)]
internal sealed class LayerSendingTests
{
    private const int Huge = 1 << 30;

    private readonly TemporaryFolder folder = new();
    private ServiceDouble service = null!;

    [SetUp]
    public async Task StartAsync()
    {
        service = new(folder.At("s"));
        await service.StartAsync();
        foreach (var number in Enumerable.Range(0, 300))
            Write($"publish/{number}", $"{number}");
        // Too large to be kept in one of eight threads' part of the memory, and so large that threads share it.
        File.WriteAllBytes(Write("large", ""), [.. Enumerable.Range(0, 20_000_000).Select(number => (byte)(number * number / 7))]);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await service.DisposeAsync();
        folder.Dispose();
    }

    [Test]
    public async Task The_number_of_threads_does_not_change_what_is_sent([Values] LayerForm form)
    {
        var one = await SendAsync(1, form);
        Assert.That(service.Forms.Values, Is.All.EqualTo(form));
        Assert.That(service.Blobs.Keys, Is.EquivalentTo(one.Select(layer => layer.Layer.DiffId.ToString())));
        Assert.That(service.Blobs.Select(blob => Digest.Of(blob.Value).ToString()), Is.EqualTo(service.Blobs.Keys), "each arrived as what it is called");
        foreach (var threads in (int[])[2, 8])
            Assert.That(await SendAsync(threads, form), Is.EqualTo(one), $"{threads} threads");
    }

    [Test]
    public async Task Of_a_tree_with_a_changed_file_one_layer_is_sent()
    {
        await SendAsync(2);
        service.KnowsItsBlobs = true;
        Write("publish/7", "changed");

        var again = await SendAsync(2);

        Assert.That(again.Where(layer => layer.IsNew).ToList(), Has.Count.EqualTo(1));
        Assert.That(service.Calls.Count(call => call.StartsWith("PUT", StringComparison.Ordinal)), Is.EqualTo(again.Length + 1));
    }

    [Test]
    public async Task Past_the_limit_all_layers_are_counted([Values] LayerForm form)
    {
        var room = new SlugRoom(Huge);
        await SendAsync(2, room, form);
        var small = new SlugRoom(1000);
        await SendAsync(2, small, form);
        Assert.That((room.IsExceeded, small.IsExceeded, small.Taken), Is.EqualTo((false, true, room.Taken)));
    }

    [Test]
    public void A_file_that_vanished_since_the_tree_was_read_ends_it_by_name()
    {
        var parts = Parts();
        File.Delete(folder.At("app/publish/7"));
        Assert.That(() => SendAsync(2, new(Huge), LayerForm.Tar, parts), Throws.TypeOf<UnpackableEntryException>().With.Message.Contains("publish/7' is a file that vanished"));
    }

    private Task<DeliveredLayer[]> SendAsync(int threads, LayerForm form = LayerForm.Zstd) => SendAsync(threads, new(Huge), form);

    private Task<DeliveredLayer[]> SendAsync(int threads, SlugRoom room, LayerForm form = LayerForm.Zstd) => SendAsync(threads, room, form, Parts());

    private async Task<DeliveredLayer[]> SendAsync(int threads, SlugRoom room, LayerForm form, IReadOnlyList<LayerPart> parts)
    {
        using var http = ServiceConnection.Open(service.Socket, ServiceDouble.Token);
        using var sending = new LayerSending(new(http, "b1"), room, form, threads);
        return await sending.SendAsync(parts, CancellationToken.None);
    }

    private IReadOnlyList<LayerPart> Parts() => LayerTree.Read(folder.At("app"), "./app", (_, _) => false).Split();

    private string Write(string name, string content)
    {
        var path = folder.At($"app/{name}");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }
}
