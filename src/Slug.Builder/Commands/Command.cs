namespace Slug.Builder.Commands;

/// <summary>A program to run: all that it is given, and nothing is inherited.</summary>
internal sealed record Command
{
    public required string Program { get; init; }

    public required IReadOnlyList<string> Arguments { get; init; }

    public required string Directory { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }
}
