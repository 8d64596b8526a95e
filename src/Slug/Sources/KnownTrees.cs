using System.Collections.Concurrent;
using Slug.Pushes;

namespace Slug.Sources;

/// <summary>Trees that were counted since the service started: a tree never changes, so it is counted once.</summary>
internal sealed class KnownTrees
{
    private const int Most = 4096;

    private readonly ConcurrentDictionary<KnownTree, SourceTally> tallies = new();

    public SourceTally? Find(Repository repository, ObjectId tree) => tallies.GetValueOrDefault(new(repository, tree));

    public void Add(Repository repository, ObjectId tree, SourceTally tally)
    {
        // Forgetting costs one more count.
        if (tallies.Count >= Most)
            tallies.Clear();
        tallies[new(repository, tree)] = tally;
    }

    private sealed record KnownTree(Repository Repository, ObjectId Tree);
}
