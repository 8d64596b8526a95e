using System.Collections.Concurrent;

namespace Slug.Hosting;

/// <summary>Work that several wait for is done once, and goes on where one of them leaves.</summary>
internal sealed class SharedWork<TKey>
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Lazy<Task>> underWay = new();

    /// <summary>Waits for the work of this key that is under way, or for this one.</summary>
    public Task DoAsync(TKey key, Func<Task> work, CancellationToken cancellationToken) =>
        underWay.GetOrAdd(key, _ => new(() => RunAsync(key, work))).Value.WaitAsync(cancellationToken);

    private async Task RunAsync(TKey key, Func<Task> work)
    {
        try
        {
            await Task.Run(work);
        }
        finally
        {
            underWay.TryRemove(key, out _);
        }
    }
}
