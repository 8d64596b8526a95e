using System.Text.Json.Serialization;

namespace Slug.Content.Wire;

/// <summary>How a build ended, as the builder saw it. Body of <c>POST /builder/builds/{id}/result</c>. Data from beside hostile code: checked, never trusted.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Succeeded), "succeeded")]
[JsonDerivedType(typeof(Tested), "tested")]
[JsonDerivedType(typeof(NotDetected), "notDetected")]
[JsonDerivedType(typeof(Failed), "failed")]
public abstract record BuildOutcome
{
    /// <summary>What the buildpacks said of their work, in order; also of work that failed.</summary>
    public IReadOnlyList<BuildpackReport> Reports { get; init; } = [];

    /// <summary>The app compiled; its layers were handed in or were known.</summary>
    public sealed record Succeeded : BuildOutcome
    {
        public required IReadOnlyList<LayerReference> Layers { get; init; }

        /// <summary>Process type to command: the buildpack's defaults, then the Procfile over them.</summary>
        public required IReadOnlyDictionary<string, string> Processes { get; init; }

        /// <summary>The buildpacks that compiled the app, in order.</summary>
        public required IReadOnlyList<DetectedBuildpack> Buildpacks { get; init; }

        /// <summary>Config vars that <c>bin/release</c> names: defaults for the run environment.</summary>
        public IReadOnlyDictionary<string, string> DefaultConfigVars { get; init; } = new Dictionary<string, string>();

        /// <summary>What steps with declared inputs made; their layers were handed in, whether the droplet has them or not.</summary>
        public IReadOnlyList<MadeStep> Steps { get; init; } = [];
    }

    /// <summary>The app's tests ran and ended with this code.</summary>
    public sealed record Tested(int ExitCode) : BuildOutcome;

    /// <summary>No buildpack knows this app, or a chosen one does not.</summary>
    public sealed record NotDetected(IReadOnlyList<DetectAttempt> Attempts) : BuildOutcome;

    /// <summary>The app's build failed.</summary>
    public sealed record Failed : BuildOutcome
    {
        public required BuildPhase Phase { get; init; }

        public required FailureReason Reason { get; init; }

        /// <summary>The exit code of the buildpack's program, where one ran.</summary>
        public int? ExitCode { get; init; }

        /// <summary>What happened, for the pusher, with values quoted.</summary>
        public required string Message { get; init; }
    }
}

/// <summary>A layer of the droplet: the sha256 of its uncompressed tar and that tar's length in bytes.</summary>
public sealed record LayerReference(Digest DiffId, long Size);

/// <summary>A buildpack that took part, and the name its <c>bin/detect</c> printed.</summary>
public sealed record DetectedBuildpack(string Name, Digest Digest, string Description);

/// <summary>What a buildpack's <c>bin/report</c> printed: flat YAML, every value as text.</summary>
public sealed record BuildpackReport(string Buildpack, IReadOnlyDictionary<string, string> Values);

/// <summary>One buildpack that was asked: its exit code and the last lines it wrote on either stream.</summary>
public sealed record DetectAttempt(string Buildpack, int ExitCode, IReadOnlyList<string> LastLines);

/// <summary>Why a build failed: an exit code alone does not say it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FailureReason>))]
public enum FailureReason
{
    /// <summary>A program of the buildpack ended with a code other than 0.</summary>
    [JsonStringEnumMemberName("exit")] Exit,

    /// <summary>The kernel killed a process: the container's memory was used up.</summary>
    [JsonStringEnumMemberName("outOfMemory")] OutOfMemory,

    /// <summary>The kernel refused a new process: the container's number of processes was reached.</summary>
    [JsonStringEnumMemberName("tooManyProcesses")] TooManyProcesses,

    /// <summary>No space was left on the container's disk.</summary>
    [JsonStringEnumMemberName("diskFull")] DiskFull,

    /// <summary>The droplet is larger than the limit.</summary>
    [JsonStringEnumMemberName("tooLarge")] TooLarge,

    /// <summary>Something the app or buildpack wrote (Procfile, release YAML, a socket in the tree) is not valid.</summary>
    [JsonStringEnumMemberName("invalid")] Invalid,

    /// <summary>The builder or the service failed, not the app.</summary>
    [JsonStringEnumMemberName("internal")] Internal,
}
