using Slug.Pushes;

namespace Slug.Sources;

/// <summary>Makes a tree out of trees, and a commit of it that depends on nothing else.</summary>
internal sealed class TreeMaker(Git git)
{
    /// <param name="repository">Holds all the trees.</param>
    /// <param name="quarantine">Takes the new objects where there is one.</param>
    /// <param name="root">The tree to begin with.</param>
    /// <param name="grafts">Each replaces what is at its path, in this order.</param>
    /// <param name="cancellationToken">Ends git.</param>
    public async Task<ObjectId> CommitAsync(
        Repository repository, Quarantine? quarantine, ObjectId root, IReadOnlyList<Graft> grafts, CancellationToken cancellationToken)
    {
        await using var import = new CommitImport(git, repository, quarantine);
        await import.PutTreeAsync("", root, cancellationToken);
        foreach (var graft in grafts)
            await import.PutTreeAsync(graft.Path, graft.Tree, cancellationToken);
        return await import.FinishAsync(cancellationToken);
    }
}

/// <summary>A tree and the path where it belongs.</summary>
internal sealed record Graft(string Path, ObjectId Tree);
