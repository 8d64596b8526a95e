using Slug.Content;
using Slug.Pushes;
using Slug.Sources;

namespace Slug.Webhooks.Incoming;

/// <summary>Says what kept commits stand on: submodules, theirs, and large files.</summary>
internal sealed class FetchedContents(Git git, TreeListing listing)
{
    public async Task<FetchedRest> OfAsync(FetchedRefs refs, CancellationToken cancellationToken)
    {
        var objects = new PushedObjects(refs.Repository, null, git);
        var made = new HashSet<ObjectId>();
        foreach (var commit in refs.KeptMade)
        {
            if (await objects.TreeOfAsync(commit, cancellationToken) is not null)
                made.Add(commit);
        }

        var (modules, files, waiting) = (new HashSet<ObjectId>(), new HashSet<Digest>(), new Queue<ObjectId>(refs.Kept));
        while (waiting.TryDequeue(out var commit))
        {
            // A limit was lowered: of what it refers to nothing is known, so nothing of that goes.
            if (await objects.TreeOfAsync(commit, cancellationToken) is not { } tree
                || await listing.CountAsync(refs.Repository, null, tree, cancellationToken) is not TreeListingResult.Counted(var tally))
                return new([.. refs.Kept, .. refs.Modules, .. made], refs.Modules, made, null);
            files.UnionWith(tally.Pointers.Select(file => file.Pointer.Digest));
            foreach (var link in tally.Gitlinks.Where(link => refs.Modules.Contains(link.Commit) && modules.Add(link.Commit)))
                waiting.Enqueue(link.Commit);
        }

        return new([.. refs.Kept, .. modules, .. made], modules, made, files);
    }
}
