using Microsoft.Extensions.Options;
using Slug.Content;
using Slug.Hosting;

namespace Slug.Builds;

/// <summary>
/// The files that build containers mount, kept in the data directory under their digests. The engine resolves mounts on its own
/// host: the data directory has the same path there even when this program runs in a container.
/// </summary>
internal sealed class MountedFiles
{
    public MountedFiles(DataDirectory data, BuilderProgram builder, IOptions<BuildOptions> options)
    {
        Builder = Keep(data, builder.Path, builder.Digest);
        CaBundle = options.Value.CaBundle is { } bundle ? Keep(data, bundle, Digest.OfFile(bundle)) : null;
        Sweep(data, Builder, CaBundle);
    }

    public string Builder { get; }

    /// <summary>Null where builds trust nothing beyond their stack.</summary>
    public string? CaBundle { get; }

    private static string Keep(DataDirectory data, string file, Digest digest)
    {
        var kept = Path.Combine(data.Mounted, digest.Hex);
        if (File.Exists(kept))
            return kept;
        var unfinished = kept + ".new";
        File.Copy(file, unfinished, overwrite: true);
        File.Move(unfinished, kept);
        return kept;
    }

    private static void Sweep(DataDirectory data, params IEnumerable<string?> used)
    {
        foreach (var file in Directory.EnumerateFiles(data.Mounted).Except(used))
            File.Delete(file!);
    }
}
