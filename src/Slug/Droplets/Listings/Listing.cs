using System.Buffers.Binary;
using System.Collections;
using System.Formats.Tar;
using System.Security.Cryptography;
using Slug.Content.Compression;

namespace Slug.Droplets.Listings;

/// <summary>The files and links of a layer, in its order: a small part of the tar, for who needs no contents.</summary>
/// <param name="bytes">As they were written.</param>
internal sealed class Listing(byte[] bytes) : IEnumerable<ListedFile>
{
    private const string Root = "./";
    private const int BufferSize = 256 * 1024;

    /// <summary>Reads a tar to its end, and writes the list of what is in it.</summary>
    public static async Task WriteAsync(Stream tar, Stream file, CancellationToken cancellationToken)
    {
        await using var writer = new BinaryWriter(new BufferedStream(new ZstdCompressStream(file), BufferSize));
        var buffered = new BufferedStream(tar, BufferSize);
        await using var reader = new TarReader(buffered, leaveOpen: true);
        while (await reader.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            if (entry.EntryType is not TarEntryType.Directory)
                (await ListAsync(entry, cancellationToken)).WriteTo(writer);
        }

        // What lies behind the last entry is read too, as that checks all of it.
        await buffered.CopyToAsync(Stream.Null, cancellationToken);
    }

    /// <summary>Reads what was written.</summary>
    public static async Task<Listing> ReadAsync(Stream file, CancellationToken cancellationToken)
    {
        await using var zstd = new ZstdDecompressStream(file);
        var bytes = new MemoryStream();
        await zstd.CopyToAsync(bytes, BufferSize, cancellationToken);
        return new(bytes.ToArray());
    }

    public IEnumerator<ListedFile> GetEnumerator()
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        while (reader.BaseStream.Position < bytes.Length)
            yield return ListedFile.ReadFrom(reader);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static async Task<ListedFile> ListAsync(TarEntry entry, CancellationToken cancellationToken) => new()
    {
        Path = entry.Name.StartsWith(Root, StringComparison.Ordinal) ? entry.Name[Root.Length..] : entry.Name,
        Kind = entry.EntryType,
        Mode = (int)entry.Mode,
        Size = entry.Length,
        Content = entry.DataStream is { } data ? BinaryPrimitives.ReadUInt128BigEndian(await SHA256.HashDataAsync(data, cancellationToken)) : 0,
        Target = entry.LinkName,
    };
}
