using System.Buffers;
using System.Globalization;
using System.Text;

namespace Slug.Builds;

/// <summary>Makes a line that anybody may have written fit for a terminal: colours stay, everything else that steers one is shown as text.</summary>
internal static class TerminalText
{
    private const char Escape = '\e';

    // C0 and DEL, C1, and the marks that turn the direction of what follows (Unicode UAX 9).
    private static readonly SearchValues<char> suspects = SearchValues.Create(
    [
        .. Enumerable.Range(0, 0x20).Where(code => code != '\t').Select(code => (char)code),
        .. Enumerable.Range(0x7f, 0x21).Select(code => (char)code),
        '\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069', '\u2028', '\u2029',
    ]);

    private static readonly SearchValues<char> colourCode = SearchValues.Create("0123456789;");

    public static string Clean(string line)
    {
        var text = line.AsSpan().TrimEnd('\r');
        // A carriage return starts the line again: what a progress bar showed last is what counts.
        text = text[(text.LastIndexOf('\r') + 1)..];
        return text.IndexOfAny(suspects) < 0 ? text.ToString() : Rewrite(text);
    }

    private static string Rewrite(ReadOnlySpan<char> text)
    {
        var clean = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == Escape && ColourLength(text[i..]) is var length and > 0)
            {
                clean.Append(text.Slice(i, length));
                i += length - 1;
            }
            else if (suspects.Contains(text[i]))
            {
                clean.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:x4}");
            }
            else
            {
                clean.Append(text[i]);
            }
        }

        return clean.ToString();
    }

    // ECMA-48, 8.3.117: CSI, digits and semicolons, 'm'.
    private static int ColourLength(ReadOnlySpan<char> text)
    {
        if (text.Length < 3 || text[1] != '[')
            return 0;
        var digits = text[2..].IndexOfAnyExcept(colourCode);
        return digits >= 0 && text[2 + digits] == 'm' ? digits + 3 : 0;
    }
}
