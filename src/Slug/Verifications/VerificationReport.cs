using System.Text.Json;
using System.Text.Json.Serialization;
using Slug.Content;
using Slug.Droplets.Differences;

namespace Slug.Verifications;

/// <summary>What came of making a droplet again.</summary>
internal sealed record VerificationReport
{
    public required Guid Build { get; init; }

    public required string App { get; init; }

    public required Digest Droplet { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>Why there is nothing to compare; null where there was.</summary>
    public string? Message { get; init; }

    /// <summary>What it is this time.</summary>
    public Digest? Rebuilt { get; init; }

    public double Seconds { get; init; }

    /// <summary>How many differences there are; not all are listed.</summary>
    public int Count { get; init; }

    /// <summary>Left is the droplet, right is the rebuild.</summary>
    public IReadOnlyList<Difference> Differences { get; init; } = [];
}

/// <summary>Whether a droplet can be made again.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Verdict>))]
internal enum Verdict
{
    /// <summary>Byte for byte.</summary>
    [JsonStringEnumMemberName("identical")] Identical,

    /// <summary>Another droplet came of it.</summary>
    [JsonStringEnumMemberName("different")] Different,

    /// <summary>What it was made of cannot be had any more, or the rebuild failed.</summary>
    [JsonStringEnumMemberName("unverifiable")] Unverifiable,
}

/// <summary>JSON of verifications, a line each.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(VerificationReport))]
internal sealed partial class VerificationJson : JsonSerializerContext;
