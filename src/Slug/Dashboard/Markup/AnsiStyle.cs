using System.Globalization;

namespace Slug.Dashboard.Markup;

/// <summary>How a terminal would show what follows (ECMA-48, 8.3.117), as far as a page does too.</summary>
internal readonly record struct AnsiStyle
{
    private const int Light = 8;

    private bool IsBold { get; init; }

    private bool IsFaint { get; init; }

    private bool IsItalic { get; init; }

    private bool IsUnderlined { get; init; }

    private int? Colour { get; init; }

    private int? Ground { get; init; }

    /// <summary>Classes of the stylesheet; none for plain text.</summary>
    public string Classes => string.Join(' ', ((string?[])
    [
        IsBold ? "bold" : null, IsFaint ? "faint" : null, IsItalic ? "italic" : null, IsUnderlined ? "underlined" : null,
        Colour is { } colour ? Name("c", colour) : null, Ground is { } ground ? Name("g", ground) : null,
    ]).Where(name => name is not null));

    /// <param name="codes">What stands between CSI and 'm'.</param>
    public AnsiStyle With(string codes)
    {
        var numbers = codes.Split(';').Select(code => int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).ToList();
        var style = this;
        for (var i = 0; i < numbers.Count; i++)
        {
            // 38 and 48 take their colour from the numbers that follow: 5;N of 256, or 2;R;G;B. Of these a page has the first 16.
            if (numbers[i] is 38 or 48)
            {
                var few = i + 2 < numbers.Count && numbers[i + 1] == 5 && numbers[i + 2] < 2 * Light ? numbers[i + 2] : (int?)null;
                style = numbers[i] == 38 ? style with { Colour = few } : style with { Ground = few };
                i += i + 1 < numbers.Count && numbers[i + 1] == 2 ? 4 : 2;
            }
            else
            {
                style = style.With(numbers[i]);
            }
        }

        return style;
    }

    private AnsiStyle With(int code) => code switch
    {
        0 => default,
        1 => this with { IsBold = true },
        2 => this with { IsFaint = true },
        3 => this with { IsItalic = true },
        4 => this with { IsUnderlined = true },
        22 => this with { IsBold = false, IsFaint = false },
        23 => this with { IsItalic = false },
        24 => this with { IsUnderlined = false },
        >= 30 and <= 37 => this with { Colour = code - 30 },
        39 => this with { Colour = null },
        >= 40 and <= 47 => this with { Ground = code - 40 },
        49 => this with { Ground = null },
        >= 90 and <= 97 => this with { Colour = code - 90 + Light },
        >= 100 and <= 107 => this with { Ground = code - 100 + Light },
        _ => this,
    };

    private static string Name(string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}{number}");
}
