using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using Slug.Sources.Archives;

namespace Slug.Tests.Sources.Archives;

[CancelAfter(60_000)]
public class SlugArchiveTests
{
    private static readonly byte[] good = Packed(
        new GnuTarEntry(TarEntryType.Directory, "./app/"), File("./app/.git/config"), File("app/serve"),
        new GnuTarEntry(TarEntryType.HardLink, "./app/two") { LinkName = "./app/serve" }, new GnuTarEntry(TarEntryType.SymbolicLink, "./app/python") { LinkName = "/usr/bin/python3" },
        new GnuTarEntry(TarEntryType.Fifo, "./beside"));

    private static IEnumerable<TestCaseData> Mistakes =>
    [
        new(Array.Empty<byte>(), "SLUG6132", "whole tar"),
        new("no archive at all"u8.ToArray(), "SLUG6132", "packed by gzip"),
        new(Gzip(RandomNumberGenerator.GetBytes(600)), "SLUG6132", ""),
        new(Gzip([]), "SLUG6132", ""),
        new(good[..(good.Length / 2)], "SLUG6132", ""),
        new((byte[])[.. good[..^8], 1, 2, 3, 4, .. good[^4..]], "SLUG6132", ""),
        new(Packed(File("serve")), "SLUG6134", "./app"),
        new(Packed(new GnuTarEntry(TarEntryType.Directory, "./app/")), "SLUG6134", ""),
        new(Packed(File("./application/serve")), "SLUG6134", ""),
        new(Packed(File("./app/../../etc/passwd")), "SLUG6133", "'..'"),
        new(Packed(File("/app/serve")), "SLUG6133", "absolute"),
        new(Packed(File("app")), "SLUG6133", "stands for the app's folder"),
        new(Packed(new GnuTarEntry(TarEntryType.SymbolicLink, "./app") { LinkName = "/etc" }), "SLUG6133", "stands for the app's folder"),
        new(Packed(new GnuTarEntry(TarEntryType.Fifo, "./app/pipe")), "SLUG6133", "'./app/pipe' is a device or a FIFO"),
        new(Packed(new GnuTarEntry(TarEntryType.CharacterDevice, "./app/null")), "SLUG6133", "is a device or a FIFO"),
        new(Packed(new GnuTarEntry(TarEntryType.HardLink, "./app/passwd") { LinkName = "/etc/passwd" }), "SLUG6133", "a hard link to '/etc/passwd'"),
        new(Packed(new GnuTarEntry(TarEntryType.HardLink, "./app/passwd") { LinkName = "./beside" }), "SLUG6133", "expected one to a file in ./app"),
    ];

    [Test]
    public async Task All_that_a_slug_may_hold_is_good(CancellationToken cancellationToken) => Assert.That(await MistakeInAsync(good, cancellationToken), Is.Null);

    [TestCaseSource(nameof(Mistakes))]
    public async Task What_can_be_no_slug_is_told(byte[] archive, string code, string because, CancellationToken cancellationToken) =>
        Assert.That(await MistakeInAsync(archive, cancellationToken), Does.StartWith($"{code}: ").And.Contains(because));

    [Test]
    public async Task What_grows_beyond_all_measure_is_read_no_further(CancellationToken cancellationToken)
    {
        var folder = new MemoryStream();
        await using (var tar = new TarWriter(folder, leaveOpen: true))
            await tar.WriteEntryAsync(new GnuTarEntry(TarEntryType.Directory, "./app/"), cancellationToken);
        var block = Enumerable.Repeat(folder.ToArray()[..512], 1000).SelectMany(header => header).ToArray();
        var bomb = new MemoryStream();
        await using (var gzip = new GZipStream(bomb, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var entry = 0; entry <= SlugArchive.MostEntries; entry += block.Length / 512)
                await gzip.WriteAsync(block, cancellationToken);
        }

        Assert.That(await MistakeInAsync(bomb.ToArray(), cancellationToken), Does.StartWith("SLUG6135: "));
    }

    private static async Task<string?> MistakeInAsync(byte[] archive, CancellationToken cancellationToken) =>
        await SlugArchive.MistakeInAsync(new MemoryStream(archive), cancellationToken);

    private static GnuTarEntry File(string name) => new(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(RandomNumberGenerator.GetBytes(2000)) };

    private static byte[] Packed(params TarEntry[] entries)
    {
        var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, leaveOpen: true))
        {
            foreach (var entry in entries)
                tar.WriteEntry(entry);
        }

        return Gzip(bytes.ToArray());
    }

    private static byte[] Gzip(byte[] content)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(content);
        return packed.ToArray();
    }
}
