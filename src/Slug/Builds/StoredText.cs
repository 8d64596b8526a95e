namespace Slug.Builds;

/// <summary>Stored lines of a log as the text that they hold, byte by byte: what stands before it is what <see cref="LogLine.ToStored"/> wrote.</summary>
internal static class StoredText
{
    private const byte End = (byte)'\n';

    /// <summary>Leaves the lines' text and their ends, moved together at the start. Gives its length.</summary>
    public static int Strip(Span<byte> lines)
    {
        var length = 0;
        for (var from = 0; from < lines.Length;)
        {
            var rest = lines[from..];
            var line = rest[..(rest.IndexOf(End) is >= 0 and var end ? end + 1 : rest.Length)];
            var text = line[PrefixOf(line)..];
            text.CopyTo(lines[length..]);
            length += text.Length;
            from += line.Length;
        }

        return length;
    }

    // A line that a crash cut short has none: all of it is text.
    private static int PrefixOf(ReadOnlySpan<byte> line)
    {
        var digits = line.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return digits > 0 && line.Length >= digits + 3 && line[digits] == ' ' && line[digits + 1] != End && line[digits + 2] == ' ' ? digits + 3 : 0;
    }
}
