using Slug.Apps;
using Slug.Droplets.Records;
using Slug.Pushes;
using Slug.Pushes.LargeFiles;
using Slug.Sources;

namespace Slug.Verifications;

/// <summary>Finds the source that a record names in the app's repository. Nothing of it is fetched from elsewhere: what came of submodules is there since the push.</summary>
internal sealed class RecordedSources(Git git, TreeListing listing, LargeFileStore largeFiles)
{
    /// <summary>Null where a part of it is gone.</summary>
    public async Task<Source?> FindAsync(Push push, RecordedSource recorded, CancellationToken cancellationToken)
    {
        ObjectId? made = recorded.MadeCommit is { } id ? ObjectId.Parse(id) : null;
        var (commit, tree) = (ObjectId.Parse(recorded.Commit), ObjectId.Parse(recorded.Tree));
        if (await new PushedObjects(push.Repository, null, git).TreeOfAsync(made ?? commit, cancellationToken) != tree
            || await listing.CountAsync(push.Repository, null, tree, cancellationToken) is not TreeListingResult.Counted(var tally)
            || !tally.Pointers.All(file => recorded.LargeFilesOf.Any(app => largeFiles.Holds(app, file.Pointer))))
            return null;
        return new()
        {
            Commit = commit,
            Tree = tree,
            MadeCommit = made,
            Folder = SourceFolder.Parse(recorded.Folder),
            Tally = tally,
            Repository = push.Repository,
            Quarantine = null,
            LargeFilesOf = recorded.LargeFilesOf,
        };
    }
}
