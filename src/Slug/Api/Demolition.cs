using Slug.Apps;
using Slug.Builds;
using Slug.Hosting;
using Slug.Pushes;
using Slug.Pushes.LargeFiles;

namespace Slug.Api;

/// <summary>Takes an app away with all that is its own: rows, repository, large files, cache and logs. Droplets that others share stay.</summary>
internal sealed class Demolition(AppStore apps, BuildStore builds, BuildRuns runs, BuildLogs logs, BuildCaches caches, LargeFileStore largeFiles, DataDirectory data)
{
    public async Task DestroyAsync(App app, string by, CancellationToken cancellationToken)
    {
        var ended = await builds.ListAsync(app, cancellationToken);
        foreach (var build in ended)
            runs.Cancel(build.Id);
        await apps.DestroyAsync(app, by, cancellationToken);
        foreach (var build in ended)
            logs.Remove(build.Id);
        caches.Remove(app);
        largeFiles.Remove(app);
        foreach (var repository in Repository.AllOf(app, data))
        {
            if (Directory.Exists(repository.Directory))
                Directory.Delete(repository.Directory, recursive: true);
        }
    }
}
