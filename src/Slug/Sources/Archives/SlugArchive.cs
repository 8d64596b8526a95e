using System.Globalization;
using System.IO.Compression;
using Slug.Pushes;

namespace Slug.Sources.Archives;

/// <summary>
/// Looks through a slug that was uploaded before anything of it is unpacked, which happens in a build's container alone: there it
/// is once more unpacked with care, but what would fail is said here at once, and what would fill a disk ends here.
/// </summary>
internal static class SlugArchive
{
    /// <summary>As of a layer: 500,000 and 4 GiB, not compressed.</summary>
    public const int MostEntries = 500_000;
    public const long MostBytes = 4L << 30;

    private const string Folder = "app";

    /// <summary>What is wrong with it, for who sent it; null where nothing is.</summary>
    public static async Task<string?> MistakeInAsync(Stream archive, CancellationToken cancellationToken)
    {
        try
        {
            await using var tar = new GZipStream(archive, CompressionMode.Decompress);
            return await MistakeInTarAsync(new CappedStream(tar, MostBytes), cancellationToken);
        }
        catch (Exception malformed) when (malformed is InvalidDataException or EndOfStreamException)
        {
            return $"SLUG6132: the archive cannot be read ({malformed.Message.TrimEnd('.')}); expected a whole tar of ./app, packed by gzip, of at most {MostBytes >> 30} GiB unpacked: tar czf slug.tgz ./app";
        }
    }

    private static async Task<string?> MistakeInTarAsync(CappedStream tar, CancellationToken cancellationToken)
    {
        var reader = new ArchiveReader(tar);
        var (entries, files) = (0, 0);
        while (await reader.NextAsync(cancellationToken) is { } entry)
        {
            if (++entries > MostEntries)
                return string.Create(CultureInfo.InvariantCulture, $"SLUG6135: the archive has more than {MostEntries} entries; leave out what the app does not need to run");
            if (ArchiveName.Read(entry.Name, out var fault) is not { } name)
                return Refused(entry, fault);
            if (!name.IsIn(Folder))
                continue;
            if (FaultOf(entry, name) is { } found)
                return Refused(entry, found);
            files += entry.Kind is ArchiveEntryKind.Folder ? 0 : 1;
        }

        // gzip has its sum at its end.
        await tar.CopyToAsync(Stream.Null, cancellationToken);
        return files > 0 ? null : "SLUG6134: the archive has no file in ./app; expected all files of the app in that folder: tar czf slug.tgz ./app";
    }

    // Symbolic links may lead anywhere: a Python environment has some to /usr/bin. Nothing is unpacked behind one.
    private static string? FaultOf(ArchiveEntry entry, ArchiveName name) => entry.Kind switch
    {
        ArchiveEntryKind.Other => "is a device or a FIFO; expected a folder, a regular file or a link",
        not ArchiveEntryKind.Folder when name.Path == Folder => "stands for the app's folder and is none",
        ArchiveEntryKind.SymbolicLink when entry.Target.Length == 0 => "is a link to nothing",
        ArchiveEntryKind.HardLink when ArchiveName.Read(entry.Target, out _)?.IsIn(Folder) != true => $"is a hard link to '{Readable.Text(entry.Target)}'; expected one to a file in ./app",
        _ => null,
    };

    private static string Refused(ArchiveEntry entry, string fault) =>
        $"SLUG6133: the entry '{Readable.Text(entry.Name)}' {fault}; leave it out of the archive, or rename it";
}
