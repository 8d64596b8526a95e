using Slug.Tests.Pushes.LargeFiles;

namespace Slug.Tests.Sources;

[CancelAfter(60_000)]
internal sealed class When_a_source_has_large_files : SourceSituation
{
    private static readonly string large = new('l', 3000);

    private LargeFileClient files = null!;

    [SetUp]
    public async Task Fill()
    {
        files = new(Host);
        await Client.CommitAsync("small", "small");
        await Client.CommitAsync("data/large.bin", LargeFileClient.PointerOf(large));
        await Client.CommitAsync("zebra", new string('z', 130));
    }

    [TearDown]
    public void Disconnect() => files.Dispose();

    [Test]
    public async Task They_stand_in_the_archive_in_place_of_their_pointers()
    {
        await files.UploadAsync(large);

        await Client.PushAsync("main");

        Assert.That(Archived["data/large.bin"], Is.EqualTo(large));
        Assert.That(Archived["small"], Is.EqualTo("small"));
        Assert.That(Archived["zebra"], Is.EqualTo(new string('z', 130)));
        Assert.That(Source().Tally.Pointers, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Long_names_keep_theirs()
    {
        await files.UploadAsync(large);
        var name = $"{new string('a', 120)}/{new string('b', 120)}";
        await Client.CommitAsync(name, LargeFileClient.PointerOf(large));

        await Client.PushAsync("main");

        Assert.That(Archived[name], Is.EqualTo(large));
        Assert.That(Archived["data/large.bin"], Is.EqualTo(large));
    }

    [Test]
    public async Task One_that_is_missing_is_named_with_the_way_to_bring_it()
    {
        await Client.PushAsync("main");

        Assert.That(Message(), Does.StartWith("SLUG2320").And.Contains("'data/large.bin'").And.Contains("git lfs push --all"));
    }

    [Test]
    public async Task They_count_with_their_own_size_once_for_each_path()
    {
        await files.UploadAsync(large);
        await Client.CommitAsync("data/copy.bin", LargeFileClient.PointerOf(large));
        Options.Bytes = 5000;

        await Client.PushAsync("main");

        Assert.That(Message(), Does.StartWith("SLUG2003"));
    }
}
