using Slug.Apps;
using Slug.Hosting;

namespace Slug.Pushes;

/// <summary>Removes what killed git programs left behind, once at the start, while none runs: a stale lock blocks its ref for ever.</summary>
internal sealed class RepositorySweep(AppStore apps, DataDirectory data, ILogger<RepositorySweep> logger)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var known = (await apps.ListAsync(cancellationToken))
            .SelectMany(app => Repository.AllOf(app, data))
            .Select(repository => repository.Directory).ToHashSet(StringComparer.Ordinal);
        foreach (var directory in Directory.EnumerateDirectories(data.Repositories))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (known.Contains(directory))
                Sweep(new(directory));
            else
                Remove(new DirectoryInfo(directory));
        }
    }

    private void Sweep(Repository repository)
    {
        foreach (var file in Directory.GetFiles(repository.Directory, "*.lock", SearchOption.AllDirectories))
            Remove(new FileInfo(file));
        foreach (var directory in Directory.GetDirectories(repository.Objects, "tmp_objdir-*"))
            Remove(new DirectoryInfo(directory));
        foreach (var file in Directory.GetFiles(repository.Objects, "tmp_*", SearchOption.AllDirectories))
            Remove(new FileInfo(file));
    }

    private void Remove(FileSystemInfo leftover)
    {
        logger.LeftoverRemoved(leftover.FullName);
        if (leftover is DirectoryInfo directory)
            directory.Delete(recursive: true);
        else
            leftover.Delete();
    }
}
