using System.Text.Json.Serialization;

namespace Slug.Content.Oci;

/// <summary>
/// How an image is run, and the uncompressed layers that it is made of (OCI image spec 1.1, config.md).
/// The digest of its JSON is the image's id: the same whatever the layers are compressed with.
/// </summary>
public sealed record ImageConfig
{
    /// <summary>When the image was made, or a constant; null leaves it out.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>Go's GOARCH: <c>amd64</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>Go's GOOS: <c>linux</c>.</summary>
    [JsonPropertyName("os")]
    public required string OperatingSystem { get; init; }

    /// <summary>What a container of this image starts with; null for nothing.</summary>
    [JsonPropertyName("config")]
    public ProcessConfig? Process { get; init; }

    /// <summary>The layers.</summary>
    [JsonPropertyName("rootfs")]
    public required RootFileSystem RootFileSystem { get; init; }

    /// <summary>How the layers came about, the lowest first; null for unknown.</summary>
    public IReadOnlyList<HistoryEntry>? History { get; init; }
}

/// <summary>What a container starts with (config.md, "config"). The names are Docker's, hence their capitals.</summary>
public sealed record ProcessConfig
{
    /// <summary><c>user</c>, <c>uid</c>, <c>user:group</c> or <c>uid:gid</c>; null for root.</summary>
    [JsonPropertyName("User")]
    public string? User { get; init; }

    /// <summary><c>NAME=value</c> each.</summary>
    [JsonPropertyName("Env")]
    public IReadOnlyList<string>? Environment { get; init; }

    /// <summary>The program and its first arguments.</summary>
    [JsonPropertyName("Entrypoint")]
    public IReadOnlyList<string>? EntryPoint { get; init; }

    /// <summary>Arguments, or the program where there is no entry point.</summary>
    [JsonPropertyName("Cmd")]
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>An absolute path.</summary>
    [JsonPropertyName("WorkingDir")]
    public string? WorkingDirectory { get; init; }

    /// <summary>Each <c>8080/tcp</c>, as the keys of an object of empty objects; null for none.</summary>
    [JsonPropertyName("ExposedPorts")]
    public IReadOnlyDictionary<string, NoValue>? ExposedPorts { get; init; }

    /// <summary>Facts about the image; null for none.</summary>
    [JsonPropertyName("Labels")]
    [JsonConverter(typeof(SortedMapConverter))]
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>The signal that asks the process to end: <c>SIGTERM</c> when null.</summary>
    [JsonPropertyName("StopSignal")]
    public string? StopSignal { get; init; }
}

/// <summary><c>{}</c>: the value where a set is written as an object.</summary>
public sealed record NoValue;

/// <summary>The uncompressed layers (config.md, "rootfs").</summary>
public sealed record RootFileSystem
{
    /// <summary><c>layers</c>, the one type there is.</summary>
    public string Type { get; init; } = "layers";

    /// <summary>The sha256 of each uncompressed tar, the lowest first.</summary>
    [JsonPropertyName("diff_ids")]
    public required IReadOnlyList<Digest> DiffIds { get; init; }
}

/// <summary>How one layer came about (config.md, "history").</summary>
public sealed record HistoryEntry
{
    /// <summary>When; null leaves it out.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>What made it.</summary>
    [JsonPropertyName("created_by")]
    public string? CreatedBy { get; init; }
}
