using System.Formats.Tar;
using Slug.Content.Oci;
using Slug.Droplets;
using Slug.Droplets.Differences;
using Slug.Droplets.Listings;

namespace Slug.Dashboard.Contents;

/// <summary>What changed from one droplet to another, by the lists of their files.</summary>
internal sealed class DropletChanges(DropletListings listings, OciLayout images)
{
    /// <exception cref="IOException">A layer is damaged, or gone.</exception>
    public async Task<IEnumerable<Change>> FindAsync(Droplet left, Droplet right, Sides sides, CancellationToken cancellationToken)
    {
        var config = ConfigComparison.Find(await ConfigAsync(left, cancellationToken), await ConfigAsync(right, cancellationToken), sides);
        var files = Compare(await listings.OfAsync(left.Digest, cancellationToken), await listings.OfAsync(right.Digest, cancellationToken), sides);
        return config.Select(difference => new Change(difference.Path, difference.What, null, null)).Concat(files);
    }

    private async Task<ImageConfig> ConfigAsync(Droplet droplet, CancellationToken cancellationToken) =>
        await images.ReadConfigAsync(droplet.Digest, cancellationToken) ?? throw new FileNotFoundException($"blob '{droplet.Digest}' is not in the store");

    private static IEnumerable<Change> Compare(IEnumerable<ListedFile> before, IEnumerable<ListedFile> after, Sides sides)
    {
        using var left = before.GetEnumerator();
        using var right = after.GetEnumerator();
        var (one, other) = (NextOf(left), NextOf(right));
        while (one is not null || other is not null)
        {
            var order = one is null ? 1 : other is null ? -1 : ListedFile.Order.Compare(one.Value.Path, other.Value.Path);
            if (ChangeOf(order <= 0 ? one : null, order >= 0 ? other : null, sides) is { } change)
                yield return change;
            if (order <= 0)
                one = NextOf(left);
            if (order >= 0)
                other = NextOf(right);
        }
    }

    private static ListedFile? NextOf(IEnumerator<ListedFile> files) => files.MoveNext() ? files.Current : null;

    private static Change? ChangeOf(ListedFile? one, ListedFile? other, Sides sides) => (one, other) switch
    {
        ({ } was, { } now) => was == now ? null : new(was.Path, WhatOf(was, now, sides), was.Size, now.Size),
        _ => new((one ?? other)!.Value.Path, null, one?.Size, other?.Size),
    };

    private static string WhatOf(ListedFile was, ListedFile now, Sides sides) =>
        FactsOf(was).Zip(FactsOf(now)).FirstOrDefault(facts => facts.First != facts.Second) is (var fact, { } otherFact)
            ? $"{fact} in {sides.Left}, {otherFact} in {sides.Right}"
            : "has other contents";

    private static IEnumerable<string> FactsOf(ListedFile file)
    {
        yield return $"is a {KindOf(file.Kind)}";
        yield return $"leads to '{file.Target}'";
        yield return $"has mode {Convert.ToString(file.Mode, 8)}";
    }

    private static string KindOf(TarEntryType kind) => kind switch
    {
        TarEntryType.SymbolicLink => "symbolic link",
        TarEntryType.HardLink => "hard link",
        _ => "file",
    };
}
