using System.Formats.Tar;
using System.Text;
using Slug.Droplets.Listings;

namespace Slug.Tests.Droplets.Listings;

[CancelAfter(60_000)]
public class ListingTests
{
    [Test]
    public async Task A_listing_has_all_of_a_tar_but_folders_and_contents(CancellationToken cancellationToken)
    {
        var listing = await ListAsync(
            cancellationToken,
            new GnuTarEntry(TarEntryType.Directory, "./app/"),
            File("./app/run", "#!/bin/sh", UnixFileMode.UserRead | UnixFileMode.UserExecute),
            File("./app/also", "#!/bin/sh", UnixFileMode.UserRead),
            File("./app/empty", "", UnixFileMode.UserRead),
            new GnuTarEntry(TarEntryType.SymbolicLink, $"./app/{new string('l', 150)}") { LinkName = "../run", Mode = UnixFileMode.None },
            new GnuTarEntry(TarEntryType.HardLink, "./app/same") { LinkName = "./app/run", Mode = UnixFileMode.None });
        Assert.That(listing.Select(file => (file.Path, file.Kind, file.Mode, file.Size, file.Target)), Is.EqualTo(new[]
        {
            ("app/run", TarEntryType.RegularFile, 0b101_000_000, 9L, ""),
            ("app/also", TarEntryType.RegularFile, 0b100_000_000, 9L, ""),
            ("app/empty", TarEntryType.RegularFile, 0b100_000_000, 0L, ""),
            ($"app/{new string('l', 150)}", TarEntryType.SymbolicLink, 0, 0L, "../run"),
            ("app/same", TarEntryType.HardLink, 0, 0L, "./app/run"),
        }));
        Assert.That(listing.Select(file => file.Content).Distinct().Count(), Is.EqualTo(2), "the two files with the same contents have the same, all others none");
    }

    [Test]
    public async Task A_layer_of_nothing_but_folders_lists_nothing(CancellationToken cancellationToken) =>
        Assert.That(await ListAsync(cancellationToken, new GnuTarEntry(TarEntryType.Directory, "./app/")), Is.Empty);

    [Test]
    public void Paths_are_in_the_order_of_their_bytes()
    {
        string[] inOrder = ["a", "a-b", "a/b", "aa", "z", "\u00e9", "\ue000", "\uffff", "\U0001F600", "\U0001F600a"];
        var bytes = inOrder.OrderBy(path => Convert.ToHexString(Encoding.UTF8.GetBytes(path)), StringComparer.Ordinal);
        Assert.That(bytes, Is.EqualTo(inOrder));
        Assert.That(inOrder.Reverse().Order(ListedFile.Order), Is.EqualTo(inOrder));
    }

    private static async Task<IReadOnlyList<ListedFile>> ListAsync(CancellationToken cancellationToken, params TarEntry[] entries)
    {
        var tar = new MemoryStream();
        await using (var writer = new TarWriter(tar, TarEntryFormat.Gnu, leaveOpen: true))
            foreach (var entry in entries)
                await writer.WriteEntryAsync(entry, cancellationToken);
        tar.Position = 0;
        using var file = new MemoryStream();
        await Listing.WriteAsync(tar, file, cancellationToken);
        Assert.That(tar.Position, Is.EqualTo(tar.Length), "all of it is read");
        file.Position = 0;
        return [.. await Listing.ReadAsync(file, cancellationToken)];
    }

    private static GnuTarEntry File(string name, string content, UnixFileMode mode) =>
        new(TarEntryType.RegularFile, name) { Mode = mode, DataStream = content.Length == 0 ? null : new MemoryStream(Encoding.UTF8.GetBytes(content)) };
}
