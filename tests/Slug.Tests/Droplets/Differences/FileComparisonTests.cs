using System.Formats.Tar;
using System.Text;
using Slug.Droplets.Differences;

namespace Slug.Tests.Droplets.Differences;

public class FileComparisonTests
{
    [Test]
    public async Task The_same_layers_have_no_difference() =>
        Assert.That(await FindAsync([[File("./app/a", "one"), File("./app/b", "two")]], [[File("./app/a", "one"), File("./app/b", "two")]]), Is.Empty);

    [Test]
    public async Task The_same_files_in_other_layers_have_none_either()
    {
        GnuTarEntry[] lower = [Folder("./app/"), Folder("./app/lib/"), File("./app/lib/x", "same"), File("./app/lib/y", "below")];
        GnuTarEntry[] upper = [Folder("./app/"), File("./app/a", "one"), Folder("./app/lib/"), File("./app/lib/y", "above"), File("./app/z", "")];
        GnuTarEntry[] whole = [Folder("./app/"), File("./app/a", "one"), Folder("./app/lib/"), File("./app/lib/x", "same"), File("./app/lib/y", "above"), File("./app/z", "")];
        Assert.That(await FindAsync([lower, upper], [whole]), Is.Empty);
    }

    [Test]
    public async Task Of_a_file_that_several_layers_have_the_highest_counts()
    {
        var differences = await FindAsync([[File("./app/a", "below")], [File("./app/a", "above")]], [[File("./app/a", "above")], [File("./app/a", "below")]]);
        Assert.That(differences.Single(), Has.Property("Path").EqualTo("./app/a").And.Property("What").EqualTo("has other contents"));
    }

    [Test]
    public async Task Of_layers_in_a_row_what_one_has_more_leaves_those_after_it_as_they_are()
    {
        var differences = await FindAsync(
            [[Folder("./app/"), File("./app/a", ""), Folder("./app/"), File("./app/b", "")]],
            [[Folder("./app/"), File("./app/a", ""), File("./app/z", ""), Folder("./app/"), File("./app/b", "")]]);
        Assert.That(differences.Select(difference => (difference.Path, difference.What)), Is.EqualTo(new[] { ("./app/z", "is only in the second") }));
    }

    [Test]
    public async Task Files_that_only_one_has_are_named()
    {
        var differences = await FindAsync([[File("./app/a", ""), File("./app/b", "")]], [[File("./app/b", ""), File("./app/c", "")]]);
        Assert.That(differences.Select(difference => (difference.Path, difference.What)), Is.EqualTo(new[]
        {
            ("./app/a", "is only in the first"),
            ("./app/c", "is only in the second"),
        }));
    }

    [Test]
    public async Task The_first_bytes_that_differ_are_shown_from_a_multiple_of_16_on()
    {
        var differences = await FindAsync([[File("./app/a", new string('x', 100_000) + "left")]], [[File("./app/a", new string('x', 100_000) + "right!")]]);
        Assert.That(differences.Single().Bytes, Is.EqualTo(new ByteDifference(
            100_000, "6c 65 66 74", "72 69 67 68 74 21", 100_004, 100_006)));
    }

    [Test]
    public async Task The_fact_that_differs_is_named_and_no_other()
    {
        var differences = await FindAsync(
            [[File("./app/a", "x", mode: 0x1ED), Link("./app/l", "here"), File("./app/t", "x")]], [[File("./app/a", "x", mode: 0x1A4), Link("./app/l", "there"), Link("./app/t", "a")]]);
        Assert.That(differences.Select(difference => difference.What), Is.EqualTo(new[]
        {
            "has mode 755 in the first, has mode 644 in the second",
            "leads to 'here' in the first, leads to 'there' in the second",
            "is a file in the first, is a symbolic link in the second",
        }));
    }

    private static async Task<List<Difference>> FindAsync(GnuTarEntry[][] left, GnuTarEntry[][] right)
    {
        var differences = new List<Difference>();
        await using var mine = new LayerUnion(left.Select(Pack));
        await using var yours = new LayerUnion(right.Select(Pack));
        await foreach (var difference in new FileComparison(Sides.FirstAndSecond, _ => "compile").FindAsync(mine, yours, CancellationToken.None))
            differences.Add(difference);
        return differences;
    }

    private static GnuTarEntry File(string name, string content, int mode = 0x1A4)
    {
        var file = Entry(TarEntryType.RegularFile, name, mode);
        file.DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content));
        return file;
    }

    private static GnuTarEntry Folder(string name) => Entry(TarEntryType.Directory, name, 0x1ED);

    private static GnuTarEntry Link(string name, string target) => new(TarEntryType.SymbolicLink, name) { LinkName = target };

    private static GnuTarEntry Entry(TarEntryType type, string name, int mode) => new(type, name)
    {
        Mode = (UnixFileMode)mode,
        ModificationTime = DateTimeOffset.FromUnixTimeSeconds(315532801),
    };

    private static MemoryStream Pack(GnuTarEntry[] entries)
    {
        var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, leaveOpen: true))
            foreach (var entry in entries)
                writer.WriteEntry(entry);
        tar.Position = 0;
        return tar;
    }
}
