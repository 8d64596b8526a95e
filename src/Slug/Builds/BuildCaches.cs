using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Slug.Apps;
using Slug.Hosting;
using Slug.Stacks;

namespace Slug.Builds;

/// <summary>Each app's build cache per stack: one file, replaced whole, and only by a build that became a droplet.</summary>
internal sealed class BuildCaches(DataDirectory data, IOptions<BuildOptions> options)
{
    private readonly ConcurrentDictionary<string, Task> arriving = new();

    /// <summary>The cache as a zstd tar, once one that is on its way is in; null where there is none.</summary>
    public async Task<FileStream?> OpenAsync(App app, Stack stack, CancellationToken cancellationToken)
    {
        var path = PathOf(app, stack);
        await ArrivalOf(path).WaitAsync(cancellationToken);
        return File.Exists(path) ? File.OpenRead(path) : null;
    }

    public bool Has(App app, Stack stack) =>
        PathOf(app, stack) is var path && (File.Exists(path) || arriving.ContainsKey(path));

    /// <summary>The build has compiled and its builder is about to hand in the cache: a next build waits for it.</summary>
    /// <returns>To be disposed when the cache is in, or is not coming.</returns>
    public IDisposable Expect(App app, Stack stack)
    {
        var path = PathOf(app, stack);
        var arrival = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        arriving[path] = arrival.Task;
        return new Arrival(() =>
        {
            arriving.TryRemove(KeyValuePair.Create<string, Task>(path, arrival.Task));
            arrival.TrySetResult();
        });
    }

    /// <summary>Takes a new cache in. False where it is larger than it may be.</summary>
    public async Task<bool> ReplaceAsync(App app, Stack stack, Stream content, CancellationToken cancellationToken)
    {
        var path = PathOf(app, stack);
        var unfinished = $"{path}.{Guid.NewGuid():N}.new";
        try
        {
            await using (var file = new FileStream(unfinished, FileMode.CreateNew))
            {
                if (!await CopyAsync(content, file, cancellationToken))
                    return false;
            }

            File.Move(unfinished, path, overwrite: true);
            return true;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    public void Remove(App app)
    {
        foreach (var file in Directory.EnumerateFiles(data.Caches, $"{app.Id:D}.*"))
            File.Delete(file);
    }

    /// <summary>At start: what a crash left half-written goes.</summary>
    public void Sweep()
    {
        foreach (var file in Directory.EnumerateFiles(data.Caches, "*.new"))
            File.Delete(file);
    }

    private async Task<bool> CopyAsync(Stream content, FileStream file, CancellationToken cancellationToken)
    {
        var buffer = new byte[128 * 1024];
        var total = 0L;
        int read;
        while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if ((total += read) > options.Value.CacheLimit)
                return false;
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return true;
    }

    private Task ArrivalOf(string path) => arriving.GetValueOrDefault(path) ?? Task.CompletedTask;

    private string PathOf(App app, Stack stack) => Path.Combine(data.Caches, $"{app.Id:D}.{stack.Name}.tar.zst");

    private sealed class Arrival(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
