using System.Formats.Tar;

namespace Slug.Content.Tar;

/// <summary>
/// Unpacks a tar of any common format (ustar, pax, GNU) as its owner may: permission bits without setuid, setgid and sticky,
/// modification times, symbolic and hard links; no owners. Nothing is written outside the directory or through a link, and nothing is overwritten.
/// </summary>
public static class TarExtraction
{
    // Large enough that most reads of the tar reader end at once.
    private const int BufferSize = 256 * 1024;

    /// <summary>Unpacks until the tar's end; padding after it is left unread.</summary>
    /// <param name="tar">The uncompressed tar. It stays open.</param>
    /// <param name="directory">Where it goes; created when missing. Its own mode and time stay.</param>
    /// <param name="cancellationToken">Leaves what was unpacked so far.</param>
    /// <returns>The number of entries, pax headers not counted.</returns>
    /// <exception cref="InvalidDataException">
    /// The tar is malformed, or has an entry that is no directory, file or link, that is named absolutely or with '..',
    /// whose name is not UTF-8, that lies behind something that is no directory, or that is there already. The name is in the message.
    /// </exception>
    /// <exception cref="IOException">The disk is full or failing.</exception>
    public static Task<long> ExtractAsync(Stream tar, string directory, CancellationToken cancellationToken) =>
        ExtractAsync(tar, new ExtractedTree(directory), static path => path, cancellationToken);

    /// <summary>Unpacks a part of it, as above; but a file that comes again takes the place of the earlier, as archives that were appended to have it.</summary>
    /// <param name="tar">The uncompressed tar. It stays open.</param>
    /// <param name="directory">Where it goes; created when missing. Its own mode and time stay.</param>
    /// <param name="place">Says of each entry's path which one it gets below the directory, empty for that itself; null leaves it out, whatever it is.</param>
    /// <param name="cancellationToken">Leaves what was unpacked so far.</param>
    public static Task<long> ExtractAsync(Stream tar, string directory, Func<string, string?> place, CancellationToken cancellationToken) =>
        ExtractAsync(tar, new ExtractedTree(directory) { Replaces = true }, place, cancellationToken);

    private static async Task<long> ExtractAsync(Stream tar, ExtractedTree tree, Func<string, string?> place, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(tar, tree, place, cancellationToken);
        }
        catch (Exception malformed) when (malformed is FormatException or OverflowException or ArgumentException or EndOfStreamException)
        {
            throw new InvalidDataException($"the tar is malformed: {malformed.Message}", malformed);
        }
    }

    private static async Task<long> ReadAsync(Stream tar, ExtractedTree tree, Func<string, string?> place, CancellationToken cancellationToken)
    {
        // Neither is disposed: each would close the tar.
        var reader = new TarReader(new BufferedStream(tar, BufferSize), leaveOpen: true);
        var count = 0L;
        while (await reader.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            if (entry.EntryType is TarEntryType.GlobalExtendedAttributes || ExtractedName.Parse(entry.Name).In(place) is not { } name)
                continue;
            await ExtractAsync(entry, name, tree, place, cancellationToken);
            count++;
        }

        tree.Complete();
        return count;
    }

    private static async Task ExtractAsync(TarEntry entry, ExtractedName name, ExtractedTree tree, Func<string, string?> place, CancellationToken cancellationToken)
    {
        switch (entry.EntryType)
        {
            case TarEntryType.Directory or TarEntryType.DirectoryList:
                tree.AddDirectory(name, entry.Mode, entry.ModificationTime);
                break;
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                await tree.AddFileAsync(name, entry, cancellationToken);
                break;
            case TarEntryType.SymbolicLink:
                tree.AddSymbolicLink(name, ExtractedName.Faithful(entry.LinkName));
                break;
            case TarEntryType.HardLink:
                tree.AddHardLink(name, ExtractedName.Parse(entry.LinkName).In(place));
                break;
            default:
                throw new InvalidDataException($"entry '{Quoted.Text(entry.Name)}' has the type {entry.EntryType}; expected a directory, a regular file or a link");
        }
    }
}
