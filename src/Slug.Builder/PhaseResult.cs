using System.Diagnostics.CodeAnalysis;
using Slug.Content.Wire;

namespace Slug.Builder;

/// <summary>What a phase leaves for the next one, or the outcome that ends the build here.</summary>
internal sealed record PhaseResult<T>
    where T : class
{
    private readonly T? value;
    private readonly BuildOutcome? outcome;

    private PhaseResult(T? value, BuildOutcome? outcome) => (this.value, this.outcome) = (value, outcome);

    public static implicit operator PhaseResult<T>(T value) => new(value, null);

    public static implicit operator PhaseResult<T>(BuildOutcome outcome) => new(null, outcome);

    public bool Ends([NotNullWhen(true)] out BuildOutcome? ending, [NotNullWhen(false)] out T? result)
    {
        (ending, result) = (outcome, value);
        return ending is not null;
    }
}
