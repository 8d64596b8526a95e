using System.Text.Json.Serialization;

namespace Slug.Content.Wire;

/// <summary>One line of the NDJSON stream <c>POST /builder/builds/{id}/events</c>, in the order things happened.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(LogEvent), "log")]
[JsonDerivedType(typeof(PhaseEvent), "phase")]
public abstract record BuildEvent
{
    /// <summary>When, by the builder's clock.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>One line that a buildpack, or the builder itself, wrote. No line break in it.</summary>
public sealed record LogEvent : BuildEvent
{
    public required LogSource Source { get; init; }

    public required string Text { get; init; }
}

/// <summary>A phase began, or ended with an exit code.</summary>
public sealed record PhaseEvent : BuildEvent
{
    public required BuildPhase Phase { get; init; }

    /// <summary>Null while the phase begins; 0 where it ended well.</summary>
    public int? ExitCode { get; init; }
}

/// <summary>Who wrote a line.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LogSource>))]
public enum LogSource
{
    /// <summary>A buildpack's standard output.</summary>
    [JsonStringEnumMemberName("out")] Out,

    /// <summary>A buildpack's standard error.</summary>
    [JsonStringEnumMemberName("err")] Err,

    /// <summary>Slug itself.</summary>
    [JsonStringEnumMemberName("slug")] Slug,
}

/// <summary>The phases of a build, in order. Each has a decade of the builder's exit codes: 10 for Fetch, 20 for Detect, …</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BuildPhase>))]
public enum BuildPhase
{
    /// <summary>Source and buildpacks come in.</summary>
    [JsonStringEnumMemberName("fetch")] Fetch = 10,

    /// <summary>Buildpacks say whether they know the app.</summary>
    [JsonStringEnumMemberName("detect")] Detect = 20,

    /// <summary>The app's build cache comes back.</summary>
    [JsonStringEnumMemberName("restore")] Restore = 30,

    /// <summary>The buildpack does its work.</summary>
    [JsonStringEnumMemberName("compile")] Compile = 40,

    /// <summary>Process types are gathered.</summary>
    [JsonStringEnumMemberName("release")] Release = 50,

    /// <summary>The app directory becomes a layer.</summary>
    [JsonStringEnumMemberName("pack")] Pack = 60,

    /// <summary>Layer, result and cache go to the service.</summary>
    [JsonStringEnumMemberName("submit")] Submit = 70,

    /// <summary>The app's tests run, in place of release and pack.</summary>
    [JsonStringEnumMemberName("test")] Test = 80,
}
