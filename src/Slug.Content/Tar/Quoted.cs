using System.Text;

namespace Slug.Content.Tar;

/// <summary>Names from strangers, made fit for a terminal: no control character, no text direction, no end in sight.</summary>
internal static class Quoted
{
    private const int Longest = 200;

    internal static string Text(string text)
    {
        var quoted = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (quoted.Length >= Longest)
                return quoted.Append('…').ToString();
            quoted.Append(IsHarmless(rune) ? rune.ToString() : Escaped(rune));
        }

        return quoted.ToString();
    }

    internal static string Bytes(ReadOnlySpan<byte> name)
    {
        var quoted = new StringBuilder();
        while (!name.IsEmpty && quoted.Length < Longest)
        {
            var valid = Rune.DecodeFromUtf8(name, out var rune, out var length) == System.Buffers.OperationStatus.Done;
            quoted.Append(valid ? Text(rune.ToString()) : $"\\x{name[0]:x2}");
            name = name[(valid ? length : 1)..];
        }

        return name.IsEmpty ? quoted.ToString() : quoted.Append('…').ToString();
    }

    // Format covers the marks that turn the direction of text (trust: a name must not rewrite the line it stands in).
    private static bool IsHarmless(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is not (System.Globalization.UnicodeCategory.Control
            or System.Globalization.UnicodeCategory.Format
            or System.Globalization.UnicodeCategory.LineSeparator
            or System.Globalization.UnicodeCategory.ParagraphSeparator);

    private static string Escaped(Rune rune) =>
        rune.Value < 0x100 ? $"\\x{rune.Value:x2}" : $"\\u{rune.Value:x4}";
}
