using System.Text.Json.Serialization;

namespace Slug.Commands.Checks;

/// <summary>What one check found, and the way to mend it; empty where nothing is to be done.</summary>
internal sealed record Finding
{
    public required string Name { get; init; }

    /// <summary>A version or a place.</summary>
    public required string Found { get; init; }

    public required Verdict Verdict { get; init; }

    public string Mend { get; init; } = "";

    /// <summary>Slug does not work without it.</summary>
    public bool IsNeeded { get; init; } = true;

    public static Finding Ok(string name, string found) => new() { Name = name, Found = found, Verdict = Verdict.Ok };

    public static Finding Missing(string name, string found, string mend) => new() { Name = name, Found = found, Verdict = Verdict.Missing, Mend = mend };

    public static Finding Unsafe(string name, string found, string mend) => new() { Name = name, Found = found, Verdict = Verdict.Unsafe, Mend = mend };
}

/// <summary>How a check ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Verdict>))]
internal enum Verdict
{
    [JsonStringEnumMemberName("ok")]
    Ok,

    [JsonStringEnumMemberName("missing")]
    Missing,

    [JsonStringEnumMemberName("unsafe")]
    Unsafe,
}
