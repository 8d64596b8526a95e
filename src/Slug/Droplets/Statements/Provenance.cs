using Slug.Content.Wire;
using Slug.Droplets.Records;

namespace Slug.Droplets.Statements;

/// <summary>How a droplet was made (SLSA provenance v1). docs/droplets.md says what each parameter means.</summary>
internal sealed record Provenance(BuildDefinition BuildDefinition, RunDetails RunDetails)
{
    /// <summary>What it is called as the predicate of a statement.</summary>
    public const string Type = "https://slsa.dev/provenance/v1";
}

/// <summary>All that went in.</summary>
internal sealed record BuildDefinition
{
    public required string BuildType { get; init; }

    public required ExternalParameters ExternalParameters { get; init; }

    public required InternalParameters InternalParameters { get; init; }

    public required IReadOnlyList<ResourceDescriptor> ResolvedDependencies { get; init; }
}

/// <summary>What the app and its pusher decide.</summary>
internal sealed record ExternalParameters
{
    public required string App { get; init; }

    /// <summary>The branch that was pushed.</summary>
    public required string Ref { get; init; }

    public required string Dir { get; init; }

    /// <summary>use, passOver or clear.</summary>
    public required string Cache { get; init; }

    /// <summary>Who named the buildpacks; left out where nobody did.</summary>
    public string? BuildpacksBy { get; init; }

    /// <summary>Name to a keyed digest of the value.</summary>
    public required IReadOnlyDictionary<string, string> ConfigVars { get; init; }
}

/// <summary>What the installation decides.</summary>
internal sealed record InternalParameters
{
    public required string Stack { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public required RecordedLimits Limits { get; init; }

    public required RecordedUses Uses { get; init; }

    public required IReadOnlyList<RecordedPhase> Phases { get; init; }

    public required IReadOnlyList<BuildpackReport> Reports { get; init; }
}

/// <summary>Who made it, and when.</summary>
internal sealed record RunDetails(ProvenanceBuilder Builder, RunMetadata Metadata, IReadOnlyList<ResourceDescriptor> Byproducts);

/// <summary>The installation: what a reader trusts or not.</summary>
internal sealed record ProvenanceBuilder(string Id, IReadOnlyDictionary<string, string> Version);

/// <summary>The build's id, and its times in UTC as RFC 3339 writes them.</summary>
internal sealed record RunMetadata(string InvocationId, string StartedOn, string FinishedOn);
