using System.Formats.Tar;
using System.Runtime.CompilerServices;
using System.Text;

namespace Slug.Bootstrap;

/// <summary>Compares the layers of two droplets entry by entry as they stream by. Entries of a layer stand in the byte order of their names, and the first is the root.</summary>
internal sealed class TarComparison(Func<string, string> phaseOf)
{
    private const string Root = "./app/";

    public async IAsyncEnumerable<Difference> FindAsync(Stream left, Stream right, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var mine = new TarReader(left);
        await using var yours = new TarReader(right);
        var one = await NextAsync(mine, 0, cancellationToken);
        var other = await NextAsync(yours, 0, cancellationToken);
        while (one is not null || other is not null)
        {
            var order = Order(one, other);
            if (await CompareAsync(order <= 0 ? one?.Entry : null, order >= 0 ? other?.Entry : null, cancellationToken) is { } difference)
                yield return difference;
            if (order <= 0)
                one = await NextAsync(mine, one!.Layer, cancellationToken);
            if (order >= 0)
                other = await NextAsync(yours, other!.Layer, cancellationToken);
        }
    }

    private static async ValueTask<Place?> NextAsync(TarReader tar, int layer, CancellationToken cancellationToken) =>
        await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry ? new(entry.Name == Root ? layer + 1 : layer, entry) : null;

    private static int Order(Place? one, Place? other)
    {
        if (one is null || other is null)
            return one is null ? 1 : -1;
        return one.Layer == other.Layer
            ? Encoding.UTF8.GetBytes(one.Entry.Name).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other.Entry.Name))
            : one.Layer.CompareTo(other.Layer);
    }

    private async Task<Difference?> CompareAsync(TarEntry? one, TarEntry? other, CancellationToken cancellationToken)
    {
        var path = (one ?? other)!.Name;
        var phase = phaseOf(path);
        if (one is null || other is null)
            return new(path, phase, one is null ? "is only in the second" : "is only in the first");
        if (Facts(one) != Facts(other))
            return new(path, phase, $"is {Facts(one)} in the first and {Facts(other)} in the second");
        return await ContentComparison.FindAsync(one.DataStream, other.DataStream, one.Length, other.Length, cancellationToken) is { } bytes
            ? new(path, phase, "has other contents", bytes)
            : null;
    }

    private static string Facts(TarEntry entry) => entry.LinkName is { Length: > 0 } target
        ? $"a {entry.EntryType} to '{target}'"
        : $"a {entry.EntryType} of mode {Convert.ToString((int)entry.Mode, 8)}, owner {entry.Uid}:{entry.Gid}, time {entry.ModificationTime:O}";

    private sealed record Place(int Layer, TarEntry Entry);
}
