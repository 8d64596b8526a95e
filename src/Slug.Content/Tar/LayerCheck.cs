namespace Slug.Content.Tar;

/// <summary>
/// Reads a layer from a stranger and lets pass only what <see cref="LayerTar"/> would have written, byte for byte:
/// so no reader can take it for anything else. Contents are hashed and let go.
/// </summary>
public sealed class LayerCheck
{
    private static readonly byte[] NoName = [];

    private readonly LayerStream tar;
    private readonly LayerLimits limits;
    private readonly CancellationToken cancellationToken;
    private readonly LayerIndex index = new();
    private readonly byte[] header = new byte[LayerFormat.BlockSize];
    private readonly byte[] expected = new byte[LayerFormat.BlockSize];

    private LayerCheck(LayerStream tar, LayerLimits limits, CancellationToken cancellationToken) =>
        (this.tar, this.limits, this.cancellationToken) = (tar, limits, cancellationToken);

    /// <summary>Reads to the end of the stream.</summary>
    /// <param name="tar">The uncompressed tar; what it throws passes through. It stays open.</param>
    /// <param name="limits">Past any of them the layer is refused, before more of it is read.</param>
    /// <param name="cancellationToken">Stops between two reads.</param>
    /// <exception cref="InvalidLayerException">The first thing that is wrong, with the entry's name in quotes.</exception>
    public static async Task<LayerSummary> ReadAsync(Stream tar, LayerLimits limits, CancellationToken cancellationToken)
    {
        using var stream = new LayerStream(tar);
        return await new LayerCheck(stream, limits, cancellationToken).ReadAsync();
    }

    private async Task<LayerSummary> ReadAsync()
    {
        while (await NextHeaderAsync())
            await ReadEntryAsync();
        if (!await ReadZerosAsync(LayerFormat.BlockSize))
            throw new InvalidLayerException("the layer goes on after a zero block; expected a second one, and the end");
        if (index.Count == 0)
            throw new InvalidLayerException("the layer has no entries; expected the directory './app/'");
        var size = tar.Position;
        return new(await tar.FinishAsync(cancellationToken), size, index.Count);
    }

    private async Task ReadEntryAsync()
    {
        var target = await ReadLongAsync(LayerFormat.LongLink);
        var name = await ReadLongAsync(LayerFormat.LongName);
        if (name.Length == 0)
            name = LayerFormat.ReadText(header.AsSpan(0, LayerFormat.NameField)).ToArray();
        if (target.Length == 0)
            target = LayerFormat.ReadText(header.AsSpan(157, LayerFormat.NameField)).ToArray();
        var size = CheckHeader(name, target);
        await tar.SkipAsync(size, cancellationToken);
        if (!await ReadZerosAsync(LayerFormat.Padding(size)))
            throw InvalidLayerException.Entry(name, "is not padded with zeros");
    }

    private async Task<byte[]> ReadLongAsync(byte type)
    {
        if (header[156] != type)
            return NoName;
        var length = LayerFormat.ReadNumber(header.AsSpan(124, 12)) - 1;
        if (length <= LayerFormat.LongestShortName || length > limits.NameLength)
            throw new InvalidLayerException($"a name or link target has {length} bytes; the limit is {limits.NameLength}, and up to {LayerFormat.LongestShortName} stand in the header");
        LayerFormat.WriteLongHeader(expected, type, (int)length);
        Compare("././@LongLink"u8);
        var name = (await tar.TakeAsync((int)length, cancellationToken)).ToArray();
        var padded = await ReadZerosAsync(1 + LayerFormat.Padding(length + 1));
        return padded && !name.Contains((byte)0) && await NextHeaderAsync()
            ? name
            : throw new InvalidLayerException($"the long name '{Quoted.Bytes(name)}' holds a zero, is not padded with zeros, or has no entry");
    }

    private long CheckHeader(byte[] name, byte[] target)
    {
        var type = header[156];
        var size = LayerFormat.ReadNumber(header.AsSpan(124, 12));
        if (FaultOfKind(type, size, target) is { } kind)
            throw InvalidLayerException.Entry(name, kind);
        LayerFormat.WriteHeader(expected, new()
        {
            Name = name,
            LinkTarget = target,
            Type = type,
            Mode = (int)LayerFormat.ReadNumber(header.AsSpan(100, 8)) & 0x1FF,
            Size = size,
        });
        Compare(name);
        if ((FaultOfCost(size) ?? index.Add(name, type)) is { } fault)
            throw InvalidLayerException.Entry(name, fault);
        return size;
    }

    private string? FaultOfKind(byte type, long size, byte[] target) => type switch
    {
        LayerFormat.RegularFile => (size, target) is ( >= 0, []) ? null : "is a file with a link target or without a size",
        LayerFormat.Directory => (size, target) is (0, []) ? null : "is a directory with contents",
        LayerFormat.SymbolicLink => (size, target) is (0, [_, ..]) ? null : "is a symbolic link without a target, or with contents",
        LayerFormat.HardLink => size == 0 && index.HasFile(target) ? null : $"links to '{Quoted.Bytes(target)}', which is no file that came before",
        (byte)'3' or (byte)'4' or (byte)'6' => "is a device or FIFO; a layer holds directories, regular files and links",
        _ => $"has the type '{Quoted.Bytes([type])}'; a layer holds directories, regular files and links",
    };

    private string? FaultOfCost(long size)
    {
        if (index.Count >= limits.Entries)
            return $"is one too many; a layer has at most {limits.Entries} entries";
        return size > limits.Size - tar.Position
            ? $"has {size} bytes, which makes the layer larger than its limit of {limits.Size} bytes"
            : null;
    }

    private void Compare(ReadOnlySpan<byte> name)
    {
        if (header.AsSpan().SequenceEqual(expected))
            return;
        foreach (var (field, offset, length) in LayerFormat.Fields)
        {
            var (found, wanted) = (header.AsMemory(offset, length), expected.AsMemory(offset, length));
            if (!found.Span.SequenceEqual(wanted.Span))
                throw InvalidLayerException.Entry(name, $"has {field} '{Text(found)}'; expected '{Text(wanted)}'");
        }
    }

    private static string Text(ReadOnlyMemory<byte> field) => Quoted.Bytes(field.Span.TrimEnd((byte)0));

    private async Task<bool> NextHeaderAsync()
    {
        (await tar.TakeAsync(LayerFormat.BlockSize, cancellationToken)).CopyTo(header);
        return header.AsSpan().ContainsAnyExcept((byte)0);
    }

    private async ValueTask<bool> ReadZerosAsync(int length) =>
        !(await tar.TakeAsync(length, cancellationToken)).Span.ContainsAnyExcept((byte)0);
}
