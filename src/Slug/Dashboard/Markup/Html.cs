using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Slug.Dashboard.Markup;

/// <summary>
/// HTML, written as an interpolated string: <c>Html row = $"&lt;td&gt;{name}&lt;/td&gt;"</c>. What the source says stands as it is;
/// what comes out of a hole is escaped, unless it is HTML itself. Attributes are always quoted, so that a hole never ends one.
/// </summary>
[InterpolatedStringHandler]
internal sealed class Html
{
    private static readonly HtmlEncoder encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder text;

    /// <summary>For the compiler.</summary>
    public Html(int literalLength, int formattedCount) => text = new(literalLength + (formattedCount * 16));

    /// <summary>Nothing.</summary>
    public static Html None { get; } = new(0, 0);

    /// <summary>For the compiler: what the source says.</summary>
    public void AppendLiteral(string literal) => text.Append(literal);

    public void AppendFormatted(Html html) => text.Append(html.text);

    public void AppendFormatted(string? value) => text.Append(encoder.Encode(value ?? ""));

    public void AppendFormatted<T>(T value)
    {
        if (value is IEnumerable<Html> many)
            foreach (var html in many)
                AppendFormatted(html);
        else
            AppendFormatted(Convert.ToString(value, CultureInfo.InvariantCulture));
    }

    /// <summary>The HTML itself.</summary>
    public override string ToString() => text.ToString();
}
