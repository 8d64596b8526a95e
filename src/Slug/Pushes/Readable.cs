using System.Globalization;
using System.Text;

namespace Slug.Pushes;

/// <summary>Text of a stranger in a form that a terminal only shows.</summary>
internal static class Readable
{
    private const int Longest = 200;

    /// <summary>Control characters, direction overrides and what is no character become escapes; what is long is cut.</summary>
    public static string Text(string text)
    {
        var readable = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (readable.Length > Longest)
                return readable.Append('…').ToString();
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                readable.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
            else
                readable.Append(rune);
        }
        return readable.ToString();
    }
}
