using Slug.Commands.Testing;
using Slug.Content;

namespace Slug.Bootstrap;

/// <summary>What one stage made of Slug's source.</summary>
internal sealed record Compilation
{
    public required Digest Droplet { get; init; }

    /// <summary>Diff ids, the lowest layer first.</summary>
    public required IReadOnlyList<Digest> Layers { get; init; }

    /// <summary>The record of what went in: source, stack, builder, buildpacks.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Bytes as stored, compressed.</summary>
    public required long Size { get; init; }

    public required TimeSpan Took { get; init; }

    /// <summary>The app's own tests, as the build's log counts them; null where none ran.</summary>
    public required TestTally? Tests { get; init; }
}
