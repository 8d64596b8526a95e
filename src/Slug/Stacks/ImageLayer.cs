using System.Formats.Tar;
using System.Security.Cryptography;
using Slug.Content;

namespace Slug.Stacks;

/// <summary>A layer of a stack's image: an uncompressed tar on disk and its sha256.</summary>
internal sealed record ImageLayer(string File, Digest DiffId, long Size)
{
    /// <summary>Writes entries in the order of their paths, all with one time: the same entries, the same bytes.</summary>
    public static async Task<ImageLayer> WriteAsync(
        IEnumerable<RootEntry> entries, string file, CancellationToken cancellationToken)
    {
        await using (var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
        await using (var writer = new TarWriter(stream, TarEntryFormat.Gnu))
        {
            var written = new Dictionary<RootContent, string>(ReferenceEqualityComparer.Instance);
            foreach (var entry in entries)
                await WriteAsync(writer, entry, written, cancellationToken);
        }
        await using var bytes = System.IO.File.OpenRead(file);
        return new(file, Digest.FromHash(await SHA256.HashDataAsync(bytes, cancellationToken)), bytes.Length);
    }

    private static async Task WriteAsync(
        TarWriter writer, RootEntry entry, Dictionary<RootContent, string> written, CancellationToken cancellationToken)
    {
        if (entry.Content is null)
            await writer.WriteEntryAsync(Header(entry, entry.Type, entry.Target), cancellationToken);
        else if (written.TryAdd(entry.Content, entry.Path))
        {
            await using var data = entry.Content.Open();
            var header = Header(entry, TarEntryType.RegularFile, "");
            header.DataStream = data;
            await writer.WriteEntryAsync(header, cancellationToken);
        }
        else
            await writer.WriteEntryAsync(Header(entry, TarEntryType.HardLink, written[entry.Content]), cancellationToken);
    }

    private static GnuTarEntry Header(RootEntry entry, TarEntryType type, string target)
    {
        var header = new GnuTarEntry(type, type == TarEntryType.Directory ? entry.Path + "/" : entry.Path)
        {
            Mode = entry.Mode,
            Uid = entry.Uid,
            Gid = entry.Gid,
            ModificationTime = LayerTime.Fixed,
        };
        if (target.Length > 0)
            header.LinkName = target;
        return header;
    }
}
