using System.Formats.Tar;
using System.Runtime.CompilerServices;

namespace Slug.Droplets.Differences;

/// <summary>Compares the files of two droplets as they stream by.</summary>
/// <param name="sides">What the two are called.</param>
/// <param name="phaseOf">Which phase of the build wrote a file, by its name in the layer.</param>
internal sealed class FileComparison(Sides sides, Func<string, string> phaseOf)
{
    private const string OtherContents = "has other contents";

    public async IAsyncEnumerable<Difference> FindAsync(LayerUnion left, LayerUnion right, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var one = await left.NextAsync(cancellationToken);
        var other = await right.NextAsync(cancellationToken);
        while (one is not null || other is not null)
        {
            var order = one?.CompareTo(other) ?? 1;
            if (await CompareAsync(order <= 0 ? one?.Tar : null, order >= 0 ? other?.Tar : null, cancellationToken) is { } difference)
                yield return difference;
            if (order <= 0)
                one = await left.NextAsync(cancellationToken);
            if (order >= 0)
                other = await right.NextAsync(cancellationToken);
        }
    }

    private async Task<Difference?> CompareAsync(TarEntry? one, TarEntry? other, CancellationToken cancellationToken)
    {
        var path = (one ?? other)!.Name;
        if (one is null || other is null)
            return new(path, phaseOf(path), $"is only in {(one is null ? sides.Right : sides.Left)}");
        if (FactsOf(one).Zip(FactsOf(other)).FirstOrDefault(facts => facts.First != facts.Second) is (var fact, { } otherFact))
            return new(path, phaseOf(path), $"{fact} in {sides.Left}, {otherFact} in {sides.Right}");
        if (ArchiveComparison.IsArchive(path) && Math.Max(one.Length, other.Length) <= ArchiveComparison.Largest)
            return await CompareArchivesAsync(path, one, other, cancellationToken);
        return await ContentComparison.FindAsync(one.DataStream, other.DataStream, one.Length, other.Length, cancellationToken) is { } bytes
            ? new(path, phaseOf(path), OtherContents, bytes)
            : null;
    }

    private async Task<Difference?> CompareArchivesAsync(string path, TarEntry one, TarEntry other, CancellationToken cancellationToken)
    {
        var (left, right) = (await ReadAsync(one, cancellationToken), await ReadAsync(other, cancellationToken));
        return await ContentComparison.FindAsync(new MemoryStream(left), new MemoryStream(right), left.Length, right.Length, cancellationToken) is { } bytes
            ? new(path, phaseOf(path), OtherContents + ArchiveComparison.Describe(left, right), bytes)
            : null;
    }

    private static async Task<byte[]> ReadAsync(TarEntry entry, CancellationToken cancellationToken)
    {
        var content = new byte[entry.Length];
        if (entry.DataStream is { } data)
            await data.ReadExactlyAsync(content, cancellationToken);
        return content;
    }

    private static IEnumerable<string> FactsOf(TarEntry entry)
    {
        yield return $"is a {KindOf(entry)}";
        yield return $"leads to '{entry.LinkName}'";
        yield return $"has mode {Convert.ToString((int)entry.Mode, 8)}";
        yield return $"has owner {entry.Uid}:{entry.Gid}";
        yield return $"has time {entry.ModificationTime:O}";
    }

    private static string KindOf(TarEntry entry) => entry.EntryType switch
    {
        TarEntryType.RegularFile => "file",
        TarEntryType.Directory => "folder",
        TarEntryType.SymbolicLink => "symbolic link",
        TarEntryType.HardLink => "hard link",
        var other => other.ToString(),
    };
}

/// <summary>What two things that are compared are called.</summary>
internal sealed record Sides(string Left, string Right)
{
    public static Sides FirstAndSecond { get; } = new("the first", "the second");
}
