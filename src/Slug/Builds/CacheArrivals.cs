using System.Collections.Concurrent;

namespace Slug.Builds;

/// <summary>Caches on their way in: a build has compiled and its builder is about to hand in what the next build waits for.</summary>
internal sealed class CacheArrivals
{
    private readonly ConcurrentDictionary<string, Task> arriving = new();

    /// <returns>To be disposed when the cache is in, or is not coming.</returns>
    public IDisposable Expect(string name)
    {
        var arrival = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        arriving[name] = arrival.Task;
        return new Arrival(() =>
        {
            arriving.TryRemove(KeyValuePair.Create<string, Task>(name, arrival.Task));
            arrival.TrySetResult();
        });
    }

    public Task WaitAsync(string name, CancellationToken cancellationToken) =>
        arriving.GetValueOrDefault(name)?.WaitAsync(cancellationToken) ?? Task.CompletedTask;

    private sealed class Arrival(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
