using System.Formats.Tar;
using System.Text;
using Slug.Bootstrap;

namespace Slug.Tests.Bootstrap;

public class TarComparisonTests
{
    [Test]
    public async Task The_same_layers_have_no_difference() =>
        Assert.That(await FindAsync([File("./app/a", "one"), File("./app/b", "two")], [File("./app/a", "one"), File("./app/b", "two")]), Is.Empty);

    [Test]
    public async Task Files_that_only_one_has_are_named()
    {
        var differences = await FindAsync([File("./app/a", ""), File("./app/b", "")], [File("./app/b", ""), File("./app/c", "")]);
        Assert.That(differences.Select(difference => (difference.Path, difference.What)), Is.EqualTo(new[]
        {
            ("./app/a", "is only in the first"),
            ("./app/c", "is only in the second"),
        }));
    }

    [Test]
    public async Task The_first_bytes_that_differ_are_shown_from_a_multiple_of_16_on()
    {
        var differences = await FindAsync([File("./app/a", new string('x', 100_000) + "left")], [File("./app/a", new string('x', 100_000) + "right!")]);
        Assert.That(differences.Single().Bytes, Is.EqualTo(new ByteDifference(
            100_000, "6c 65 66 74", "72 69 67 68 74 21", 100_004, 100_006)));
    }

    [Test]
    public async Task A_mode_and_a_link_target_that_differ_are_named()
    {
        var differences = await FindAsync(
            [File("./app/a", "x", mode: 0x1ED), Link("./app/l", "here")], [File("./app/a", "x", mode: 0x1A4), Link("./app/l", "there")]);
        Assert.That(differences.Select(difference => difference.What), Is.EqualTo(new[]
        {
            "is a RegularFile of mode 755, owner 0:0, time 1980-01-01T00:00:01.0000000+00:00 in the first and a RegularFile of mode 644, owner 0:0, time 1980-01-01T00:00:01.0000000+00:00 in the second",
            "is a SymbolicLink to 'here' in the first and a SymbolicLink to 'there' in the second",
        }));
    }

    private static async Task<List<Difference>> FindAsync(GnuTarEntry[] left, GnuTarEntry[] right)
    {
        var differences = new List<Difference>();
        await foreach (var difference in new TarComparison(_ => "compile").FindAsync(Pack(left), Pack(right), CancellationToken.None))
            differences.Add(difference);
        return differences;
    }

    private static GnuTarEntry File(string name, string content, int mode = 0x1A4) => new(TarEntryType.RegularFile, name)
    {
        DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)),
        Mode = (UnixFileMode)mode,
        ModificationTime = DateTimeOffset.FromUnixTimeSeconds(315532801),
    };

    private static GnuTarEntry Link(string name, string target) => new(TarEntryType.SymbolicLink, name) { LinkName = target };

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
