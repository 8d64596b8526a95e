namespace Slug.Content.Tar;

/// <summary>
/// Packs a directory as a layer. The bytes depend on names, contents, permission bits, links and nothing else:
/// GNU tar format, entries in the byte order of their full names (a directory's ends with a slash), mtime 1980-01-01T00:00:01Z,
/// uid and gid 1000, no user names, no setuid, setgid or sticky bit, two zero blocks at the end.
/// </summary>
public static class LayerTar
{
    /// <summary>What every layer ends with, and an archive of several has once: two zero blocks, in bytes.</summary>
    public const int EndSize = 2 * LayerFormat.BlockSize;

    /// <summary>Writes the layer. The first entry is the root itself; of hard links, the first in order is the file and later ones link to it.</summary>
    /// <param name="root">The directory to pack.</param>
    /// <param name="prefix">The root's name in the layer, <c>./app</c> for a droplet.</param>
    /// <param name="destination">Is written to only, and neither flushed nor closed.</param>
    /// <param name="cancellationToken">Leaves the destination with half a layer.</param>
    /// <exception cref="UnpackableEntryException">
    /// The tree holds a socket, device or FIFO, a name or link target that is not UTF-8, a file that may not be read, or one that changed meanwhile.
    /// </exception>
    /// <exception cref="DirectoryNotFoundException">The root is no directory (a link to one is not followed).</exception>
    public static Task WriteAsync(string root, string prefix, Stream destination, CancellationToken cancellationToken) =>
        WriteAsync(root, prefix, LayerModes.AsFound, destination, cancellationToken);

    /// <summary>Writes the layer, as above.</summary>
    /// <param name="root">The directory to pack.</param>
    /// <param name="prefix">The root's name in the layer.</param>
    /// <param name="modes">Which permission bits are written.</param>
    /// <param name="destination">Is written to only, and neither flushed nor closed.</param>
    /// <param name="cancellationToken">Leaves the destination with half a layer.</param>
    public static Task WriteAsync(string root, string prefix, LayerModes modes, Stream destination, CancellationToken cancellationToken) =>
        WriteAsync(root, prefix, modes, static (_, _) => false, destination, cancellationToken);

    /// <summary>Writes the layer, as above, without some of the tree.</summary>
    /// <param name="root">The directory to pack.</param>
    /// <param name="prefix">The root's name in the layer.</param>
    /// <param name="modes">Which permission bits are written.</param>
    /// <param name="leavesOut">Asked for each path below the root, relative to it, and whether it is a directory: with one goes all that is in it.</param>
    /// <param name="destination">Is written to only, and neither flushed nor closed.</param>
    /// <param name="cancellationToken">Leaves the destination with half a layer.</param>
    public static Task WriteAsync(
        string root, string prefix, LayerModes modes, Func<string, bool, bool> leavesOut, Stream destination, CancellationToken cancellationToken) =>
        LayerTree.Read(root, prefix, leavesOut).Whole(modes).WriteAsync(destination, cancellationToken);
}
