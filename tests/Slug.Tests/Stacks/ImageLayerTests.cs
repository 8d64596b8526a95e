using System.Formats.Tar;
using Slug.Stacks;

namespace Slug.Tests.Stacks;

internal sealed class ImageLayerTests
{
    private string folder = "";

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("slug-layer-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test, CancelAfter(60_000)]
    public async Task The_same_entries_give_the_same_bytes(CancellationToken token)
    {
        var entries = Tree(File("a", "1"), RootEntry.Directory("d", Modes.Executable), File(new string('n', 150), "long"), RootEntry.Link("l", "a"));

        var first = await ImageLayer.WriteAsync(entries.Values, Path.Combine(folder, "1"), token);
        var second = await ImageLayer.WriteAsync(entries.Values, Path.Combine(folder, "2"), token);

        Assert.That(second.DiffId, Is.EqualTo(first.DiffId));
        Assert.That(Read(first).Select(entry => entry.ModificationTime), Is.All.EqualTo(LayerTime.Fixed));
    }

    [Test, CancelAfter(60_000)]
    public async Task The_first_name_of_a_file_with_several_is_the_file(CancellationToken token)
    {
        var shared = RootContent.Of("bytes");
        var entries = Tree(RootEntry.File("z", Modes.Readable, shared), RootEntry.File("b", Modes.Readable, shared));

        var read = Read(await ImageLayer.WriteAsync(entries.Values, Path.Combine(folder, "1"), token));

        Assert.That(read.Select(entry => (entry.Name, entry.EntryType, entry.LinkName)), Is.EqualTo(
            [("b", TarEntryType.RegularFile, ""), ("z", TarEntryType.HardLink, "b")]));
    }

    [Test]
    public void A_difference_has_what_is_new_and_what_changed_with_the_folders_around_it()
    {
        var lower = Tree(RootEntry.Directory("usr", Modes.Executable), File("usr/same", "1"), File("usr/other", "1"));
        var upper = Tree(RootEntry.Directory("usr", Modes.Executable), File("usr/same", "1"), File("usr/other", "2"), File("usr/new", ""));

        Assert.That(LayerDifference.Between(lower, upper).Keys, Is.EqualTo(["usr", "usr/new", "usr/other"]));
    }

    [Test]
    public void What_is_gone_leaves_a_whiteout_and_a_folder_that_is_gone_leaves_one()
    {
        var lower = Tree(RootEntry.Directory("etc", Modes.Executable), RootEntry.Directory("etc/d", Modes.Executable), File("etc/d/f", "1"), File("x", "1"));
        var upper = Tree(RootEntry.Directory("etc", Modes.Executable));

        Assert.That(LayerDifference.Between(lower, upper).Keys, Is.EqualTo([".wh.x", "etc", "etc/.wh.d"]));
    }

    [Test]
    public void Equal_trees_have_no_difference() =>
        Assert.That(LayerDifference.Between(Tree(File("a", "1")), Tree(File("a", "1"))), Is.Empty);

    [Test]
    public void The_user_is_added_to_the_accounts_and_owns_its_home()
    {
        var tree = Tree(File("etc/passwd", "root:x:0:0::/root:/bin/bash\n"), File("etc/group", "root:x:0:\n"));

        ImageRoot.AddUser(tree, new("slug", 1000, "/app"));

        Assert.That(tree["etc/passwd"].Content!.ReadText(), Does.EndWith("\nslug:x:1000:1000:slug:/app:/bin/bash\n"));
        Assert.That((tree["app"].Uid, tree["app"].Gid, tree["app"].Mode), Is.EqualTo((1000, 1000, Modes.Executable)));
    }

    private static RootEntry File(string path, string text) => RootEntry.File(path, Modes.Readable, RootContent.Of(text));

    private static SortedDictionary<string, RootEntry> Tree(params RootEntry[] entries) =>
        new(entries.ToDictionary(entry => entry.Path), StringComparer.Ordinal);

    private static List<TarEntry> Read(ImageLayer layer)
    {
        using var reader = new TarReader(System.IO.File.OpenRead(layer.File));
        var entries = new List<TarEntry>();
        while (reader.GetNextEntry() is { } entry)
            entries.Add(entry);
        return entries;
    }
}
