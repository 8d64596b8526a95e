using Polly;
using Polly.Retry;

namespace Slug.Remotes;

/// <summary>Tries again what may go better, each time with the same patience.</summary>
internal sealed class RemoteAttempts(RemoteOptions options, TimeProvider time)
{
    /// <summary>Each attempt that fails is told, but the last, which is thrown.</summary>
    /// <exception cref="RemoteException">The last attempt failed.</exception>
    public async Task<T> RunAsync<T>(string url, Func<CancellationToken, Task<T>> attempt, Action<string> say, CancellationToken cancellationToken)
    {
        var retry = new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<RemoteException>(failure => failure.MayPass),
            MaxRetryAttempts = Math.Max(1, options.Retries),
            BackoffType = DelayBackoffType.Exponential,
            Delay = options.RetryDelay,
            OnRetry = failed =>
            {
                say($" !     {failed.Outcome.Exception!.Message}");
                say("       Trying again");
                return default;
            },
        };
        var pipeline = new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(retry).Build();
        return await pipeline.ExecuteAsync(async stop => await InTimeAsync(url, attempt, stop), cancellationToken);
    }

    private async Task<T> InTimeAsync<T>(string url, Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await attempt(both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw RemoteException.TooSlow(url, options.Timeout);
        }
    }
}
