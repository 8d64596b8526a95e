using Slug.Apps;
using Slug.Droplets.Records;
using Slug.Hosting;
using Slug.Pushes;
using Slug.Pushes.LargeFiles;
using Slug.Sources;

namespace Slug.Verifications;

/// <summary>Finds the source that a record names in the app's repositories. Nothing of it is fetched from elsewhere: what came of submodules is there since the push.</summary>
internal sealed class RecordedSources(Git git, TreeListing listing, LargeFileStore largeFiles, DataDirectory data)
{
    /// <summary>Null where a part of it is gone.</summary>
    public async Task<Source?> FindAsync(App app, RecordedSource recorded, CancellationToken cancellationToken)
    {
        foreach (var repository in Repository.AllOf(app, data).Where(repository => repository.Exists))
        {
            if (await FindAsync(repository, recorded, cancellationToken) is { } source)
                return source;
        }

        return null;
    }

    private async Task<Source?> FindAsync(Repository repository, RecordedSource recorded, CancellationToken cancellationToken)
    {
        ObjectId? made = recorded.MadeCommit is { } id ? ObjectId.Parse(id) : null;
        var (commit, tree) = (ObjectId.Parse(recorded.Commit), ObjectId.Parse(recorded.Tree));
        if (await new PushedObjects(repository, null, git).TreeOfAsync(made ?? commit, cancellationToken) != tree
            || await listing.CountAsync(repository, null, tree, cancellationToken) is not TreeListingResult.Counted(var tally)
            || !tally.Pointers.All(file => recorded.LargeFilesOf.Any(app => largeFiles.Has(app, file.Pointer))))
            return null;
        return new()
        {
            Commit = commit,
            Tree = tree,
            MadeCommit = made,
            Folder = SourceFolder.Parse(recorded.Folder),
            Tally = tally,
            Repository = repository,
            Quarantine = null,
            LargeFilesOf = recorded.LargeFilesOf,
        };
    }
}
