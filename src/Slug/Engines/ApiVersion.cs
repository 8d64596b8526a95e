using System.Globalization;

namespace Slug.Engines;

/// <summary>A version of the Docker Engine API, like 1.41.</summary>
internal readonly record struct ApiVersion(int Major, int Minor) : IComparable<ApiVersion>
{
    /// <summary>Docker 20.10: private cgroup namespaces and the log driver <c>local</c> are known from here on.</summary>
    public static readonly ApiVersion Oldest = new(1, 41);

    /// <summary>The newest one that this client was written against.</summary>
    public static readonly ApiVersion Newest = new(1, 51);

    /// <summary>What both sides know: the engine's own version, capped at <see cref="Newest"/>; null where there is none.</summary>
    public static ApiVersion? Negotiate(string? engine) =>
        TryParse(engine) is { } version && version.CompareTo(Oldest) >= 0
            ? version.CompareTo(Newest) < 0 ? version : Newest
            : null;

    public int CompareTo(ApiVersion other) => (Major, Minor).CompareTo((other.Major, other.Minor));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");

    private static ApiVersion? TryParse(string? text) =>
        text?.Split('.') is [var major, var minor]
        && int.TryParse(major, CultureInfo.InvariantCulture, out var first)
        && int.TryParse(minor, CultureInfo.InvariantCulture, out var second)
            ? new(first, second)
            : null;
}
