using Slug.Content;
using Slug.Content.Tar;
using Slug.Content.Wire;
using Slug.Hosting;

namespace Slug.Buildpacks;

/// <summary>Every buildpack that builds were or are given, as a tar that is known by its digest. The same folder is the same tar on any machine.</summary>
internal sealed class BuildpackShelf(DataDirectory data, TimeProvider time)
{
    private readonly Lock gate = new();

    /// <summary>The buildpack's tar; null where no buildpack has that digest.</summary>
    public FileStream? Open(Digest digest) =>
        PathOf(digest) is var path && File.Exists(path) ? File.OpenRead(path) : null;

    /// <summary>Notes that the tar is of use now; false where there is none.</summary>
    public bool Use(Digest digest)
    {
        lock (gate)
        {
            if (!File.Exists(PathOf(digest)))
                return false;
            File.SetLastWriteTimeUtc(PathOf(digest), time.GetUtcNow().UtcDateTime);
            return true;
        }
    }

    /// <summary>Removes the tars that were of no use since then, but those of these buildpacks. A rehearsal only gives what would go.</summary>
    public Swept Trim(IReadOnlyList<BuildpackReference> kept, DateTimeOffset since, bool rehearse)
    {
        lock (gate)
        {
            var paths = kept.Select(buildpack => buildpack.Digest).OfType<Digest>().Select(PathOf).ToHashSet();
            var unused = new DirectoryInfo(data.Buildpacks).EnumerateFiles("*.tar").Where(tar => !paths.Contains(tar.FullName) && tar.LastWriteTimeUtc < since).ToList();
            var swept = new Swept("buildpacks", unused.Count, unused.Sum(tar => tar.Length));
            foreach (var tar in rehearse ? [] : unused)
                tar.Delete();
            return swept;
        }
    }

    public async Task<Digest> PackAsync(string folder, CancellationToken cancellationToken)
    {
        var unfinished = Path.Combine(data.Buildpacks, $"{Guid.NewGuid():N}.new");
        try
        {
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
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>At start: what a crash left half-written goes.</summary>
    public void Sweep()
    {
        foreach (var file in Directory.EnumerateFiles(data.Buildpacks, "*.new").Concat(Directory.EnumerateFiles(data.Temporary, "buildpack-*")))
            File.Delete(file);
        foreach (var folder in Directory.EnumerateDirectories(data.Temporary, "buildpack-*"))
            Directory.Delete(folder, recursive: true);
    }

    /// <summary>The tars that are there, in no order.</summary>
    public IEnumerable<Digest> List()
    {
        foreach (var path in Directory.EnumerateFiles(data.Buildpacks, "*.tar"))
        {
            if (Digest.TryParse($"sha256:{Path.GetFileNameWithoutExtension(path)}", null, out var digest))
                yield return digest;
        }
    }

    public string PathOf(Digest digest) => Path.Combine(data.Buildpacks, $"{digest.Hex}.tar");
}
