using Slug.Content;

namespace Slug.Builds;

/// <summary>The program that works inside build containers: where it lies, and its digest, which is part of every droplet's key.</summary>
internal sealed record BuilderProgram(string Path, Digest Digest)
{
    /// <exception cref="FileNotFoundException">The program was not published beside this one.</exception>
    public static BuilderProgram Find()
    {
        var path = System.IO.Path.Combine(AppContext.BaseDirectory, "builder", "slug-builder");
        if (!File.Exists(path))
            throw new FileNotFoundException($"SLUG9004: the builder '{path}' is missing; publish the program with ./slug, or unpack its droplet whole", path);
        return new(path, Digest.OfFile(path));
    }
}
