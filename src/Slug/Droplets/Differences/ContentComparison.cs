namespace Slug.Droplets.Differences;

/// <summary>Finds where two contents part, reading both once.</summary>
internal static class ContentComparison
{
    private const int BlockSize = 64 * 1024;
    private const int Row = 16;

    /// <summary>Null where they are the same. An empty file has no stream in a tar.</summary>
    public static async Task<ByteDifference?> FindAsync(Stream? left, Stream? right, long leftSize, long rightSize, CancellationToken cancellationToken)
    {
        var (mine, yours) = (new byte[BlockSize], new byte[BlockSize]);
        for (var offset = 0L; ; offset += BlockSize)
        {
            var one = await ReadAsync(left, mine, cancellationToken);
            var other = await ReadAsync(right, yours, cancellationToken);
            var same = mine.AsSpan(0, one).CommonPrefixLength(yours.AsSpan(0, other));
            if (same < Math.Max(one, other))
                return new(offset + same, Hex(mine, one, same), Hex(yours, other, same), leftSize, rightSize);
            if (one < BlockSize)
                return null;
        }
    }

    private static ValueTask<int> ReadAsync(Stream? stream, byte[] buffer, CancellationToken cancellationToken) =>
        stream is null ? ValueTask.FromResult(0) : stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);

    private static string Hex(byte[] block, int length, int position)
    {
        var start = position / Row * Row;
        return string.Join(' ', block[start..Math.Max(start, Math.Min(start + Row, length))].Select(value => value.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
    }
}
