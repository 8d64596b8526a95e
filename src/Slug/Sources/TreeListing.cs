using System.Buffers;
using System.IO.Pipelines;
using Slug.Hosting;
using Slug.Pushes;

namespace Slug.Sources;

/// <summary>Walks a tree with <c>git ls-tree</c>, which streams what <c>git archive</c> would gather: a tree of ten names can hold 10^10 files.</summary>
internal sealed class TreeListing(Git git, SourceOptions options, KnownTrees known)
{
    /// <summary>The tally of a tree, or why it is refused: then the walk ends at once.</summary>
    public async Task<TreeListingResult> CountAsync(
        Repository repository, Quarantine? quarantine, ObjectId tree, CancellationToken cancellationToken)
    {
        if (known.Find(repository, tree) is { } tally)
            return new TreeListingResult.Counted(tally);
        await using var child = git.Command(repository, quarantine, "ls-tree", "-r", "-t", "-l", "-z", tree.ToString()).Start();
        child.Input.Close();
        var error = CapturedText.TailOfAsync(child.Error, 4096, cancellationToken);
        var count = new SourceCount(options);
        if (await ReadAsync(PipeReader.Create(child.Output), count, cancellationToken) is { } refusal)
            return new TreeListingResult.Refused(refusal);
        if (await child.WaitAsync(cancellationToken) is not 0)
            throw new IOException($"git ls-tree of {tree} failed: {await error}");
        var pointers = await new PointerSearch(git).FindAsync(repository, quarantine, count.PointerCandidates, cancellationToken);
        tally = count.Tally with { Pointers = pointers };
        known.Add(repository, tree, tally);
        return new TreeListingResult.Counted(tally);
    }

    private static async Task<string?> ReadAsync(PipeReader output, SourceCount count, CancellationToken cancellationToken)
    {
        ReadResult read;
        do
        {
            read = await output.ReadAsync(cancellationToken);
            var rest = read.Buffer;
            if (Take(ref rest, count) is { } refusal)
                return refusal;
            output.AdvanceTo(rest.Start, read.Buffer.End);
        }
        while (!read.IsCompleted);
        return null;
    }

    private static string? Take(ref ReadOnlySequence<byte> records, SourceCount count)
    {
        string? refusal = null;
        var reader = new SequenceReader<byte>(records);
        while (refusal is null && reader.TryReadTo(out ReadOnlySequence<byte> record, 0))
            refusal = record.IsSingleSegment ? count.Add(record.FirstSpan) : count.Add(record.ToArray());
        if (refusal is null && reader.Remaining > SourceCount.LongestRecord)
            refusal = SourceCount.TooLong(reader.UnreadSequence.Slice(0, SourceCount.LongestRecord).ToArray());
        records = reader.UnreadSequence;
        return refusal;
    }
}

/// <summary>What came of counting a tree.</summary>
internal abstract record TreeListingResult
{
    private TreeListingResult()
    {
    }

    internal sealed record Counted(SourceTally Tally) : TreeListingResult;

    internal sealed record Refused(string Message) : TreeListingResult;
}
