using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Slug.Registry;

/// <summary>What an app's image is called: <c>v7</c> or <c>latest</c>, as every engine takes it, or with <c>-zstd</c> as it is stored.</summary>
/// <param name="Version">The release's number; null for the current one.</param>
/// <param name="Form">What its layers are compressed with.</param>
internal readonly partial record struct ImageTag(int? Version, ImageForm Form) : IParsable<ImageTag>
{
    private const string Latest = "latest";

    public static ImageTag Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var tag) ? tag : throw new FormatException($"'{s}' is no tag of an app's image; expected v7, latest, v7-zstd or latest-zstd");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ImageTag result)
    {
        result = default;
        if (s is null || Shape().Match(s) is not { Success: true } match)
            return false;
        int? version = null;
        if (match.Groups["number"] is { Success: true } number)
        {
            if (!int.TryParse(number.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var read))
                return false;
            version = read;
        }

        result = new(version, match.Groups["zstd"].Success ? ImageForm.Zstd : ImageForm.Gzip);
        return true;
    }

    /// <summary>All tags of a release.</summary>
    public static IEnumerable<string> Of(int version, bool isCurrent) =>
        from name in isCurrent ? (string[])[$"v{version}", Latest] : [$"v{version}"]
        from ending in (string[])["", "-zstd"]
        select name + ending;

    public override string ToString() => (Version is { } number ? $"v{number}" : Latest) + (Form == ImageForm.Zstd ? "-zstd" : "");

    [GeneratedRegex(@"^(?:v(?<number>[1-9][0-9]*)|latest)(?<zstd>-zstd)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();
}

/// <summary>What an image's layers are compressed with.</summary>
internal enum ImageForm
{
    /// <summary>What every engine takes.</summary>
    Gzip,

    /// <summary>As they are stored.</summary>
    Zstd,
}
