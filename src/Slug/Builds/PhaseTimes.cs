using System.Text.Json;
using System.Text.Json.Serialization;
using Slug.Content.Wire;

namespace Slug.Builds;

/// <summary>When a build's phases began and ended, and how. They come from the build's container: the first word on each phase counts.</summary>
internal sealed class PhaseTimes
{
    private readonly Lock gate = new();
    private readonly List<PhaseTime> phases = [];

    /// <summary>In the order in which they began.</summary>
    public IReadOnlyList<PhaseTime> All
    {
        get
        {
            lock (gate)
                return [.. phases];
        }
    }

    public void Note(PhaseEvent mark)
    {
        lock (gate)
        {
            var index = phases.FindIndex(phase => phase.Phase == mark.Phase);
            if (index < 0 && mark.ExitCode is null && Enum.IsDefined(mark.Phase))
                phases.Add(new(mark.Phase, mark.At, null, null));
            else if (index >= 0 && mark.ExitCode is not null)
                phases[index] = phases[index] with { FinishedAt = phases[index].FinishedAt ?? mark.At, ExitCode = phases[index].ExitCode ?? mark.ExitCode };
        }
    }
}

/// <summary>A phase; without an end while it runs.</summary>
internal sealed record PhaseTime(BuildPhase Phase, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, int? ExitCode);

/// <summary>JSON of phases: camel case, nulls left out.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<PhaseTime>))]
internal sealed partial class PhaseJson : JsonSerializerContext;
