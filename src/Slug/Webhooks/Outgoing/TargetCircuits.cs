using System.Collections.Concurrent;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Slug.Webhooks.Outgoing;

/// <summary>Leaves a target alone for a while that was down or overloaded several times in a row; each host and port has its own circuit.</summary>
internal sealed class TargetCircuits(TimeProvider time)
{
    public const int Failures = 5;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan Break = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    // While one attempt finds out whether the target is back.
    private static readonly TimeSpan trial = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, ResiliencePipeline<AttemptResult>> circuits = new();

    /// <summary>Runs an attempt, unless its target's circuit is open.</summary>
    public async Task<CircuitResult> RunAsync(Uri target, Func<CancellationToken, Task<AttemptResult>> attempt, CancellationToken cancellationToken)
    {
        var circuit = circuits.GetOrAdd(target.GetLeftPart(UriPartial.Authority), _ => Create());
        try
        {
            return new CircuitResult.Tried(await circuit.ExecuteAsync(async stop => await attempt(stop), cancellationToken));
        }
        catch (TimeoutRejectedException)
        {
            return new CircuitResult.Tried(AttemptResult.Of(AttemptResult.Timeout));
        }
        catch (BrokenCircuitException open)
        {
            return new CircuitResult.Open(open.RetryAfter is { } wait && wait > TimeSpan.Zero ? wait : trial);
        }
    }

    private ResiliencePipeline<AttemptResult> Create() =>
        new ResiliencePipelineBuilder<AttemptResult> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<AttemptResult>
            {
                ShouldHandle = new PredicateBuilder<AttemptResult>().HandleResult(result => result.IsOfTarget).Handle<TimeoutRejectedException>(),
                FailureRatio = 1,
                MinimumThroughput = Failures,
                SamplingDuration = Window,
                BreakDuration = Break,
            })
            .AddTimeout(Patience)
            .Build();
}

/// <summary>What came of an attempt.</summary>
internal abstract record CircuitResult
{
    /// <summary>It was made.</summary>
    public sealed record Tried(AttemptResult Result) : CircuitResult;

    /// <summary>It was not: the target is left alone for so long.</summary>
    public sealed record Open(TimeSpan For) : CircuitResult;
}
