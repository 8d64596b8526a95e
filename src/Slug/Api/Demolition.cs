using Slug.Apps;
using Slug.Builds;
using Slug.Droplets;
using Slug.Hosting;
using Slug.Pushes;
using Slug.Pushes.LargeFiles;

namespace Slug.Api;

/// <summary>Takes an app away with all that is its own: rows, repository, large files, cache and logs. Droplets that others share stay.</summary>
internal sealed class Demolition(
    AppStore apps, BuildStore builds, AskedBuilds carried, BuildLogs logs, BuildCaches caches, LargeFileStore largeFiles, UploadedSlugs slugs, DataDirectory data)
{
    public async Task DestroyAsync(App app, string by, CancellationToken cancellationToken)
    {
        var ended = await builds.ListAsync(app, cancellationToken);
        foreach (var build in ended)
            carried.Cancel(build.Id, by);
        var uploaded = await slugs.ListAsync(app, cancellationToken);
        await apps.DestroyAsync(app, by, cancellationToken);
        foreach (var build in ended)
            logs.Remove(build.Id);
        caches.Remove(app);
        foreach (var owner in uploaded.Append(app.Id))
            largeFiles.Remove(owner);
        foreach (var repository in Repository.AllOf(app, data))
        {
            if (Directory.Exists(repository.Directory))
                Directory.Delete(repository.Directory, recursive: true);
        }
    }
}
