using Slug.Content;

namespace Slug.Sources.Archives;

/// <summary>
/// Reads a stranger's tar entry by entry: v7, ustar, pax and GNU. Not the class library's reader: that one takes a name or
/// attributes of any length into memory, so that 4 MB of gzip cost it 2.7 GB.
/// </summary>
internal sealed class ArchiveReader(Stream tar)
{
    private const int BlockSize = TarHeader.Size;

    /// <summary>The most that names and attributes of one entry may take.</summary>
    private const int LongestMetadata = 1 << 20;

    private readonly byte[] block = new byte[BlockSize];
    private readonly byte[] skipped = new byte[1 << 16];
    private long contents;
    private int padding;

    /// <summary>The contents of the current entry, for a caller that wants them.</summary>
    public Stream Contents => new ContentStream(this);

    /// <summary>The next entry; null at the archive's end.</summary>
    /// <exception cref="InvalidDataException">It is no tar, breaks off, or has names beyond all measure.</exception>
    public async Task<ArchiveEntry?> NextAsync(CancellationToken cancellationToken)
    {
        var attributes = TarAttributes.None;
        while (await NextHeaderAsync(cancellationToken))
        {
            var header = new TarHeader(block);
            var (type, length) = (header.Type, header.Length);
            switch (type)
            {
                case (byte)'g':
                    await ReadMetadataAsync(length, cancellationToken);
                    break;
                case (byte)'x':
                    attributes = attributes.With(await ReadMetadataAsync(length, cancellationToken));
                    break;
                case (byte)'L':
                    attributes = attributes with { Name = TarHeader.Text(await ReadMetadataAsync(length, cancellationToken)) };
                    break;
                case (byte)'K':
                    attributes = attributes with { Target = TarHeader.Text(await ReadMetadataAsync(length, cancellationToken)) };
                    break;
                default:
                    Begin(attributes.Length ?? length);
                    return header.ToEntry(attributes);
            }
        }

        return attributes == TarAttributes.None ? null : throw new InvalidDataException("it ends after the name of an entry");
    }

    private async Task<bool> NextHeaderAsync(CancellationToken cancellationToken)
    {
        while (contents > 0)
            contents -= await ReadAsync(skipped.AsMemory(0, (int)Math.Min(skipped.Length, contents)), cancellationToken);
        await tar.ReadExactlyAsync(block.AsMemory(0, padding), cancellationToken);
        padding = 0;
        await tar.ReadExactlyAsync(block, cancellationToken);
        return block.AsSpan().ContainsAnyExcept((byte)0);
    }

    private async Task<byte[]> ReadMetadataAsync(long length, CancellationToken cancellationToken)
    {
        if (length > LongestMetadata)
            throw new InvalidDataException($"a name or attributes take {length} bytes; at most {LongestMetadata} are read");
        var metadata = new byte[length];
        await tar.ReadExactlyAsync(metadata, cancellationToken);
        Begin(length);
        contents = 0;
        return metadata;
    }

    private void Begin(long length)
    {
        contents = length;
        padding = (int)(-length & (BlockSize - 1));
    }

    private async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var read = await tar.ReadAsync(buffer, cancellationToken);
        return read > 0 || buffer.IsEmpty ? read : throw new EndOfStreamException("it ends within a file");
    }

    private sealed class ContentStream(ArchiveReader reader) : ForwardStream
    {
        public override bool CanRead => true;

        public override long Length => reader.contents;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await reader.ReadAsync(buffer[..(int)Math.Min(buffer.Length, reader.contents)], cancellationToken);
            reader.contents -= read;
            return read;
        }
    }
}
