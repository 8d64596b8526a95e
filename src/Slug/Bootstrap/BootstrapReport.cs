using System.Text.Json.Serialization;
using Slug.Commands.Testing;
using Slug.Content;
using Slug.Droplets.Differences;

namespace Slug.Bootstrap;

/// <summary>How a bootstrap went: what each stage made, how they compare, and the verdict.</summary>
internal sealed record BootstrapReport
{
    public required string Commit { get; init; }

    public required string Tree { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required TimeSpan Took { get; init; }

    public required IReadOnlyList<StageReport> Stages { get; init; }

    public required IReadOnlyList<StageComparison> Comparisons { get; init; }

    /// <summary>The last stage equals the one before it, and every test passed.</summary>
    public required bool Holds { get; init; }

    /// <summary>In words.</summary>
    public required string Verdict { get; init; }
}

/// <summary>One stage. Size in bytes, compressed.</summary>
internal sealed record StageReport
{
    public required int Stage { get; init; }

    public required string CompiledBy { get; init; }

    /// <summary>Null for a program that was not compiled into one.</summary>
    public Digest? Droplet { get; init; }

    public IReadOnlyList<Digest> Layers { get; init; } = [];

    public long? Size { get; init; }

    public TimeSpan? Took { get; init; }

    /// <summary>The unit tests, in the build container.</summary>
    public TestTally? Tests { get; init; }

    /// <summary>The smoke run against this stage, from outside.</summary>
    public TestTally? Smoke { get; init; }
}

/// <summary>Two stages, byte for byte.</summary>
internal sealed record StageComparison
{
    public required int Left { get; init; }

    public required int Right { get; init; }

    public required bool Same { get; init; }

    /// <summary>How many differences there are; not all are listed.</summary>
    public required int Count { get; init; }

    public required IReadOnlyList<Difference> Differences { get; init; }
}

/// <summary>JSON of reports.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BootstrapReport))]
[JsonSerializable(typeof(IReadOnlyList<BootstrapReport>))]
internal sealed partial class BootstrapJson : JsonSerializerContext;
