namespace Slug.Tests.Api;

/// <summary>An endpoint under <c>/slug/</c>, a request that it answers well, and one that it refuses. Words in braces stand for what <see cref="ApiScene"/> made.</summary>
/// <param name="Endpoint">Method and pattern, as the table of scopes has it.</param>
/// <param name="Path">Where the good request goes.</param>
internal sealed record ApiCase(string Endpoint, string Path)
{
    public string Method => Endpoint.Split(' ')[0];

    public string? Body { get; init; }

    public int Status { get; init; } = 200;

    /// <summary>Null for the name of an unknown query, which no endpoint passes over.</summary>
    public BadRequest? Bad { get; init; }

    public override string ToString() => Endpoint;
}

/// <summary>A request with a mistake, and how it is refused.</summary>
internal sealed record BadRequest(int Status, string Code)
{
    /// <summary>Null for the path of the good request.</summary>
    public string? Path { get; init; }

    public string? Body { get; init; }

    public string Type { get; init; } = "application/json";

    /// <summary>What the message says of the mistake.</summary>
    public string? Says { get; init; }

    public static BadRequest NoApp(string path) => new(404, "SLUG6001") { Path = path, Says = "'nobody'" };
}
