using Slug.Content;
using Slug.Content.Tar;
using Slug.Content.Wire;
using Slug.Hosting;

namespace Slug.Buildpacks;

/// <summary>The built-in buildpacks in the order they are asked, each pinned by the digest of its tar.</summary>
internal sealed class BuildpackCatalog(DataDirectory data)
{
    /// <summary>What an app without a choice is tried with.</summary>
    public IReadOnlyList<BuildpackReference> BuiltIn { get; private set; } = [];

    /// <summary>At start: packs every buildpack that the folder's file <c>order</c> names. The same folder is the same tar on any machine.</summary>
    /// <exception cref="FileNotFoundException">The order names a buildpack that is not there.</exception>
    public async Task LoadAsync(string folder, CancellationToken cancellationToken)
    {
        var order = await File.ReadAllLinesAsync(Path.Combine(folder, "order"), cancellationToken);
        var packed = new List<BuildpackReference>();
        foreach (var name in order.Where(line => line.Length > 0))
            packed.Add(new(name, await PackAsync(Path.Combine(folder, name), cancellationToken)));
        BuiltIn = packed;
    }

    /// <summary>The buildpack's tar; null where no buildpack has that digest.</summary>
    public FileStream? Open(Digest digest) =>
        PathOf(digest) is var path && File.Exists(path) ? File.OpenRead(path) : null;

    private async Task<Digest> PackAsync(string folder, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(Path.Combine(folder, "bin")))
            throw new FileNotFoundException($"SLUG2020: the buildpack '{folder}' has no bin folder; unpack the program whole");
        var unfinished = Path.Combine(data.Buildpacks, $"{Guid.NewGuid():N}.new");
        Digest digest;
        await using (var file = File.Create(unfinished))
        await using (var hashed = new DigestStream(file))
        {
            await LayerTar.WriteAsync(folder, ".", LayerModes.AsGit, hashed, cancellationToken);
            digest = hashed.Finish();
        }

        File.Move(unfinished, PathOf(digest), overwrite: true);
        return digest;
    }

    private string PathOf(Digest digest) => Path.Combine(data.Buildpacks, $"{digest.Hex}.tar");
}
