namespace Slug.Tests.Platform;

/// <summary>An endpoint of the Platform API, a request that it answers well, and one that it refuses. Words in braces stand for what <see cref="PlatformScene"/> made.</summary>
/// <param name="Endpoint">Method and pattern, as routing has it.</param>
/// <param name="Path">Where the good request goes.</param>
internal sealed record PlatformCase(string Endpoint, string Path)
{
    public string Method => Endpoint.Split(' ')[0];

    public string? Body { get; init; }

    public int Status { get; init; } = 200;

    /// <summary>Where the answer's schema stands in the published one. Null for an answer without a body.</summary>
    public required string? Schema { get; init; }

    /// <summary>The answer is a list of these.</summary>
    public bool IsList { get; init; }

    /// <summary>The answer's members, or those of a list's first entry; null where they are the app's own words, or there is no entry.</summary>
    public string? Members { get; init; }

    public required BadInput Bad { get; init; }

    public override string ToString() => Endpoint;
}

/// <summary>A request with a mistake, and how it is refused.</summary>
internal sealed record BadInput(int Status, string Id, string Code)
{
    /// <summary>Null for the path of the good request.</summary>
    public string? Path { get; init; }

    public string? Body { get; init; }

    /// <summary>A header and its value, with a colon between.</summary>
    public string? Header { get; init; }

    public static BadInput NoApp(string path, string? body = null) => new(404, "not_found", "SLUG6105") { Path = path, Body = body };

    public static BadInput NoRange { get; } = new(416, "requested_range_not_satisfiable", "SLUG6104") { Header = "Range: bytes=0-5" };

    public static BadInput OldVersion { get; } = new(406, "not_acceptable", "SLUG6101") { Header = "Accept: application/vnd.heroku+json; version=2" };

    public static BadInput NoJson { get; } = new(400, "bad_request", "SLUG6102") { Body = "{" };
}
