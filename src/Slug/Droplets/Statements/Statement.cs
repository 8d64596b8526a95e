using System.Text.Json;
using System.Text.Json.Serialization;
using Slug.Content;

namespace Slug.Droplets.Statements;

/// <summary>What is said of artifacts, and of which (in-toto attestation framework, Statement v1).</summary>
internal sealed record Statement
{
    [JsonPropertyName("_type")]
    public string Type { get; init; } = "https://in-toto.io/Statement/v1";

    public required IReadOnlyList<ResourceDescriptor> Subject { get; init; }

    /// <summary>What the predicate is.</summary>
    public required string PredicateType { get; init; }

    public required JsonElement Predicate { get; init; }

    public bool Names(Digest digest) => Subject.Any(subject => subject.Digest?.GetValueOrDefault("sha256") == digest.Hex);
}

/// <summary>An artifact, a source or a program (in-toto, ResourceDescriptor).</summary>
internal sealed record ResourceDescriptor
{
    public string? Name { get; init; }

    public string? Uri { get; init; }

    /// <summary>Algorithm to hex digits: sha256, gitCommit, gitTree.</summary>
    public SortedDictionary<string, string>? Digest { get; init; }

    public string? MediaType { get; init; }

    public SortedDictionary<string, string>? Annotations { get; init; }

    public static SortedDictionary<string, string> Sha256(Digest digest) => new(StringComparer.Ordinal) { ["sha256"] = digest.Hex };
}
