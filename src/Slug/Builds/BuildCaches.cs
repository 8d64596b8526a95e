using System.Globalization;
using Microsoft.Extensions.Options;
using Slug.Apps;
using Slug.Content;
using Slug.Hosting;
using Slug.Pushes;
using Slug.Stacks;

namespace Slug.Builds;

/// <summary>Each app's build cache per stack: one file, replaced whole, and only by a build that became a droplet.</summary>
internal sealed class BuildCaches(DataDirectory data, IOptions<BuildOptions> options, TimeProvider time)
{
    private const string Unfinished = ".new";
    private const string Cleared = ".cleared";

    private readonly CacheArrivals arrivals = new();

    /// <summary>What is kept of the app, the newest first.</summary>
    public IReadOnlyList<KeptCache> Of(App app) =>
        [.. Files($"{app.Id:D}.*").Select(KeptCache.Read).OfType<KeptCache>().OrderByDescending(cache => cache.Build.ToString(), StringComparer.Ordinal)];

    /// <summary>The cache for a build, once one that is on its way is in; or why it gets none.</summary>
    public async Task<CacheResult> OpenAsync(BuildPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Verifies is not null)
            return new CacheResult.Absent("a verification makes everything again");
        await arrivals.WaitAsync(KeptCache.NameOf(plan.App, plan.Stack), cancellationToken);
        if (plan.Cache == CacheWish.PassOver)
            return new CacheResult.Absent("the push asked for none (-o no-cache)");
        if (plan.Cache == CacheWish.Clear)
        {
            Delete(plan.App, plan.Stack, except: null);
            return new CacheResult.Absent("the push cleared it (-o clear-cache)");
        }

        try
        {
            if (Of(plan.App).FirstOrDefault(cache => cache.Stack == plan.Stack.Name) is { } kept)
                return new CacheResult.Found(kept, File.OpenRead(kept.Path));
        }
        catch (FileNotFoundException)
        {
            // It was cleared in this moment.
        }

        var mark = new FileInfo(In(KeptCache.NameOf(plan.App, plan.Stack) + Cleared));
        return new CacheResult.Absent(mark.Exists
            ? $"it was cleared at {mark.LastWriteTimeUtc.ToString("u", CultureInfo.InvariantCulture)}"
            : $"no build of '{plan.App.Name}' on {plan.Stack.Name} has left one");
    }

    /// <summary>The build has compiled and its builder is about to hand in the cache: a next build waits for it.</summary>
    /// <returns>To be disposed when the cache is in, or is not coming.</returns>
    public IDisposable Expect(App app, Stack stack) => arrivals.Expect(KeptCache.NameOf(app, stack));

    /// <summary>Takes a new cache in. False where it is larger than it may be.</summary>
    public async Task<bool> ReplaceAsync(BuildPlan plan, Stream content, CancellationToken cancellationToken)
    {
        var name = KeptCache.NameOf(plan.App, plan.Stack);
        var unfinished = In($"{name}.{Guid.NewGuid():N}{Unfinished}");
        try
        {
            await using var file = new FileStream(unfinished, FileMode.CreateNew);
            await using var digest = new DigestStream(file);
            if (!await CopyAsync(content, digest, cancellationToken))
                return false;
            file.Flush(flushToDisk: true);
            var path = In(KeptCache.NameOf(plan.App, plan.Stack, plan.Id, digest.Finish()));
            File.Move(unfinished, path, overwrite: true);
            Delete(plan.App, plan.Stack, except: path);
            File.Delete(In(name + Cleared));
            return true;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Throws away what is kept of the app, and remembers when. Gives what it was.</summary>
    public IReadOnlyList<KeptCache> Clear(App app)
    {
        var kept = Of(app);
        foreach (var cache in kept)
        {
            var mark = In($"{app.Id:D}.{cache.Stack}{Cleared}");
            File.WriteAllText(mark, "");
            File.SetLastWriteTimeUtc(mark, time.GetUtcNow().UtcDateTime);
            File.Delete(cache.Path);
        }

        return kept;
    }

    /// <summary>The oldest of all apps' caches: those without which the rest fits into the limit.</summary>
    public IReadOnlyList<KeptCache> Beyond(long limit)
    {
        var left = limit;
        return [.. Files("*").Select(KeptCache.Read).OfType<KeptCache>().OrderByDescending(cache => cache.CreatedAt).Where(cache => (left -= cache.Size) < 0)];
    }

    /// <summary>The app is gone.</summary>
    public void Remove(App app)
    {
        foreach (var file in Files($"{app.Id:D}.*"))
            file.Delete();
    }

    /// <summary>At start: what a crash left half-written goes, and what an older version kept under a name that says too little.</summary>
    public void Sweep()
    {
        foreach (var file in Files("*").Where(file => KeptCache.Read(file) is null && !file.Name.EndsWith(Cleared, StringComparison.Ordinal)))
            file.Delete();
    }

    private async Task<bool> CopyAsync(Stream content, Stream file, CancellationToken cancellationToken)
    {
        // The budget is that of the files; what cannot be compressed takes a little more room than itself.
        var limit = options.Value.CacheLimit + (options.Value.CacheLimit / 64) + (1 << 20);
        var buffer = new byte[128 * 1024];
        var total = 0L;
        int read;
        while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if ((total += read) > limit)
                return false;
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return true;
    }

    private void Delete(App app, Stack stack, string? except)
    {
        foreach (var cache in Of(app).Where(cache => cache.Stack == stack.Name && cache.Path != except))
            File.Delete(cache.Path);
    }

    private IEnumerable<FileInfo> Files(string pattern) => new DirectoryInfo(data.Caches).EnumerateFiles(pattern);

    private string In(string name) => Path.Combine(data.Caches, name);
}
