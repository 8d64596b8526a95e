using System.Text;

namespace Slug.Builder.Logs;

/// <summary>Cuts a stream of bytes into lines of at most <see cref="Longest"/> bytes. What is not UTF-8 becomes U+FFFD.</summary>
internal sealed class LineSplitter
{
    public const int Longest = 10_000;

    private readonly byte[] pending = new byte[Longest];
    private int length;

    /// <summary>The lines that these bytes complete.</summary>
    public List<string> Add(ReadOnlySpan<byte> bytes)
    {
        List<string> lines = [];
        while (bytes.IndexOf((byte)'\n') is >= 0 and var end)
        {
            Fill(bytes[..end], lines);
            lines.Add(Take(length));
            bytes = bytes[(end + 1)..];
        }

        Fill(bytes, lines);
        return lines;
    }

    /// <summary>The last line, where the stream ended without a line break.</summary>
    public List<string> Rest() => length == 0 ? [] : [Take(length)];

    private void Fill(ReadOnlySpan<byte> bytes, List<string> lines)
    {
        while (bytes.Length > 0)
        {
            if (length == Longest)
                lines.Add(Take(WholeCharacters()));
            var taken = Math.Min(bytes.Length, Longest - length);
            bytes[..taken].CopyTo(pending.AsSpan(length));
            length += taken;
            bytes = bytes[taken..];
        }
    }

    // A cut falls before the first byte of a character: at most three bytes back (RFC 3629, section 3).
    private int WholeCharacters()
    {
        for (var end = Longest - 1; end > Longest - 4; end--)
        {
            if (pending[end] < 0x80)
                break;
            if (pending[end] >= 0xC0)
                return end;
        }

        return Longest;
    }

    private string Take(int count)
    {
        var end = count > 0 && count == length && pending[count - 1] == '\r' ? count - 1 : count;
        var line = Encoding.UTF8.GetString(pending, 0, end);
        pending.AsSpan(count, length - count).CopyTo(pending);
        length -= count;
        return line;
    }
}
