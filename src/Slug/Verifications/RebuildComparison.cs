using System.Runtime.CompilerServices;
using Slug.Builds;
using Slug.Content;
using Slug.Content.Oci;
using Slug.Content.Wire;
using Slug.Droplets;
using Slug.Droplets.Differences;
using Slug.Hosting;

namespace Slug.Verifications;

/// <summary>Compares a droplet with what a build has made of its record: by digests first; where they differ, part by part and file by file.</summary>
internal sealed class RebuildComparison(DropletStore droplets, LayerStore layers, OciLayout images, Claims claims)
{
    /// <summary>More are counted, not kept.</summary>
    private const int MostNamed = 100;

    private static readonly Sides sides = new("the droplet", "the rebuild");

    /// <summary>What the build became, and how that differs. Null where it names layers that it never handed in.</summary>
    public async Task<Rebuild?> CompareAsync(BuildRun build, Digest droplet, CancellationToken cancellationToken)
    {
        var outcome = (BuildOutcome.Succeeded)await build.Outcome;
        var rebuilt = new List<Layer>();
        foreach (var reference in outcome.Layers)
        {
            if (!claims.Holds(build.Plan.Id, reference.DiffId) || await layers.FindAsync(reference.DiffId, cancellationToken) is not { } layer)
                return null;
            rebuilt.Add(layer);
        }

        var config = DropletImage.ConfigOf(build.Plan, outcome);
        var digest = Digest.Of(OciJson.Write(config));
        if (digest == droplet)
            return new(digest, 0, []);
        var original = await images.ReadConfigAsync(droplet, cancellationToken) ?? throw new FileNotFoundException($"blob '{droplet}' is not in the store");
        var found = ConfigComparison.Find(original, config, sides).ToList();
        var count = found.Count;
        await foreach (var difference in FilesAsync(await droplets.LayersAsync(droplet, cancellationToken), rebuilt, build.Authors, cancellationToken))
        {
            if (count++ < MostNamed)
                found.Add(difference);
        }

        if (count == 0)
        {
            found.Add(new("layers", Words.Of(BuildPhase.Pack), $"are {original.RootFileSystem.DiffIds.Count} in {sides.Left}, {rebuilt.Count} in {sides.Right}, of the same files"));
            count = 1;
        }

        return new(digest, count, [.. found.Take(MostNamed).Select(difference => difference with { What = build.Log.Masked(difference.What) })]);
    }

    private async IAsyncEnumerable<Difference> FilesAsync(
        IReadOnlyList<Layer> left, IReadOnlyList<Layer> right, FileAuthors authors, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (left.Select(layer => layer.DiffId).SequenceEqual(right.Select(layer => layer.DiffId)))
            yield break;
        var blobs = new List<Stream>();
        try
        {
            await using var mine = new LayerUnion(left.Select(layer => Open(layer, blobs)));
            await using var yours = new LayerUnion(right.Select(layer => Open(layer, blobs)));
            await foreach (var difference in new FileComparison(sides, name => authors.PhaseOf(PathOf(name))).FindAsync(mine, yours, cancellationToken))
                yield return difference;
        }
        finally
        {
            foreach (var blob in blobs)
                await blob.DisposeAsync();
        }
    }

    private Stream Open(Layer layer, List<Stream> blobs)
    {
        blobs.Add(images.Blobs.OpenVerified(layer.Blob) ?? throw new FileNotFoundException($"blob '{layer.Blob}' is not in the store"));
        return layer.Tar(blobs[^1]);
    }

    // As the builder has it: below the app's folder.
    private static string PathOf(string name)
    {
        const string root = "./app/";
        return (name.StartsWith(root, StringComparison.Ordinal) ? name[root.Length..] : name).TrimEnd('/');
    }
}

/// <summary>What a droplet became when it was made again, and in how many ways that differs. Not all differences are listed.</summary>
internal sealed record Rebuild(Digest Digest, int Count, IReadOnlyList<Difference> Differences);
