using Slug.Pushes;

namespace Slug.Sources;

/// <summary>Finds the source that a push brings, and refuses one that is too much before anything of it is unpacked.</summary>
internal sealed class SourceReader(Git git, SourceOptions options, KnownTrees known)
{
    public async Task<SourceResult> ReadAsync(Push push, CancellationToken cancellationToken)
    {
        if (await TreeOfAsync(push, cancellationToken) is not { } tree)
            return new SourceResult.Refused(
                $"SLUG2001: '{push.NewCommit.ToShortString()}' on branch '{push.Branch}' is not a commit; push a commit");
        if (known.Find(push.Repository, tree) is { } tally)
            return Read(push, tree, tally);
        switch (await new TreeListing(git, options).CountAsync(push.Repository, push.Quarantine, tree, cancellationToken))
        {
            case TreeListingResult.Counted(var counted):
                known.Add(push.Repository, tree, counted);
                return Read(push, tree, counted);
            case TreeListingResult.Refused(var message):
                return new SourceResult.Refused(message);
            default:
                throw new InvalidOperationException("a tree is counted or refused");
        }
    }

    /// <summary>The commit's tree; null where the object is no commit, such as a tag.</summary>
    private async Task<ObjectId?> TreeOfAsync(Push push, CancellationToken cancellationToken)
    {
        var parsed = await git.Command(push.Repository, push.Quarantine, "rev-parse", $"{push.NewCommit}^{{commit}}", $"{push.NewCommit}^{{tree}}")
            .RunAsync(cancellationToken);
        return parsed.Succeeded
            && parsed.Output.Split('\n') is [var commit, var tree, ..]
            && commit == push.NewCommit.ToString()
            && ObjectId.TryParse(tree, null, out var id)
                ? id
                : null;
    }

    private static SourceResult.Read Read(Push push, ObjectId tree, SourceTally tally) =>
        new(
            new()
            {
                Commit = push.NewCommit,
                Tree = tree,
                Tally = tally,
                Repository = push.Repository,
                Quarantine = push.Quarantine,
            },
            [.. Warnings(tally)]);

    private static IEnumerable<string> Warnings(SourceTally tally) =>
        tally.Submodules.Select(path =>
            $"SLUG2007: '{Readable.Text(path)}' is a submodule, whose files are not part of this push; the build sees an empty folder; copy the files into the repository");
}
