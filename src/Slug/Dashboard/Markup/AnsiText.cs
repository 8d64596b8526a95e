using System.Text.RegularExpressions;

namespace Slug.Dashboard.Markup;

/// <summary>A line that was written for a terminal. Each begins plain: who reads on from any line sees what all others see.</summary>
internal static partial class AnsiText
{
    public static Html Of(string line) => line.Contains('\e', StringComparison.Ordinal) ? $"{Spans(line)}" : (Html)$"{line}";

    private static IEnumerable<Html> Spans(string line)
    {
        var (style, at) = (default(AnsiStyle), 0);
        foreach (Match match in Colours().Matches(line))
        {
            yield return Span(line[at..match.Index], style);
            style = style.With(match.Groups["codes"].Value);
            at = match.Index + match.Length;
        }

        yield return Span(line[at..], style);
    }

    private static Html Span(string text, AnsiStyle style) =>
        text.Length == 0 || style.Classes.Length == 0 ? $"{text}" : (Html)$"<span class=\"{style.Classes}\">{text}</span>";

    [GeneratedRegex(@"\x1b\[(?<codes>[0-9;]*)m", RegexOptions.CultureInvariant)]
    private static partial Regex Colours();
}
