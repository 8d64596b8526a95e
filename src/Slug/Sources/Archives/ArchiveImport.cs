using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Text;
using Slug.Pushes;

namespace Slug.Sources.Archives;

/// <summary>
/// Turns an uploaded tar, plain or gzip'ed, into a commit while it comes in: nothing of it is unpacked. The commit depends on
/// names, contents, links and executable bits alone, so that the same files are the same source however they were packed.
/// </summary>
internal sealed class ArchiveImport(Git git, SourceOptions options)
{
    private const string File = "100644";
    private const string Executable = "100755";
    private const string Link = "120000";

    public async Task<ArchiveResult> ReadAsync(Repository repository, Quarantine quarantine, Stream archive, CancellationToken cancellationToken)
    {
        try
        {
            await using var tar = await InflatedAsync(archive, cancellationToken);
            await using var import = new CommitImport(git, repository, quarantine);
            return await ReadAsync(new ArchiveReader(tar), import, cancellationToken);
        }
        catch (ImportRefusedException refused)
        {
            return new ArchiveResult.Refused($"SLUG2334: git does not take the archive ('{Readable.Text(refused.Message)}'); mend or rename that entry");
        }
        catch (Exception malformed) when (malformed is InvalidDataException or EndOfStreamException)
        {
            return new ArchiveResult.Refused($"SLUG2330: the archive cannot be read ({malformed.Message.TrimEnd('.')}); expected a whole tar, plain or gzip'ed, within the limit of a push; pack it again");
        }
    }

    private async Task<ArchiveResult> ReadAsync(ArchiveReader tar, CommitImport import, CancellationToken cancellationToken)
    {
        var entries = 0;
        var files = 0;
        var bytes = 0L;
        while (await tar.NextAsync(cancellationToken) is { } entry)
        {
            entries++;
            bytes += Math.Min(entry.Length, options.Bytes + 1);
            if (entries > options.Entries || bytes > options.Bytes)
                return new ArchiveResult.Refused(string.Create(CultureInfo.InvariantCulture,
                    $"SLUG2332: the archive has more than {options.Entries} entries or {options.Bytes} bytes; leave out what a build can fetch or make, with .slugignore, or ask the operator for a larger --source-entries or --source-limit"));
            if (ArchiveName.Read(entry.Name, out var fault) is not { } name)
                return Refused(entry, fault);
            if (name.IsNothing)
                continue;
            if (await PutAsync(entry, name.Path, tar.Contents, import, cancellationToken) is { } mistake)
                return Refused(entry, mistake);
            files += entry.Kind is ArchiveEntryKind.Folder ? 0 : 1;
        }

        return files > 0
            ? new ArchiveResult.Imported(await import.FinishAsync(cancellationToken))
            : new ArchiveResult.Refused("SLUG2333: the archive holds no file; expected the app's source, its root at the root of a tar or tgz; pack it again");
    }

    /// <summary>Gives what is wrong with the entry; null where nothing is.</summary>
    private static async Task<string?> PutAsync(ArchiveEntry entry, string path, Stream contents, CommitImport import, CancellationToken cancellationToken)
    {
        switch (entry.Kind)
        {
            // git has no folders but those that hold something.
            case ArchiveEntryKind.Folder:
                return null;
            case ArchiveEntryKind.File:
                await import.PutFileAsync(path, entry.IsExecutable ? Executable : File, entry.Length, contents, cancellationToken);
                return null;
            case ArchiveEntryKind.SymbolicLink:
                var target = Encoding.UTF8.GetBytes(entry.Target);
                await import.PutFileAsync(path, Link, target.Length, new MemoryStream(target), cancellationToken);
                return null;
            case ArchiveEntryKind.HardLink when ArchiveName.Read(entry.Target, out _) is { IsNothing: false } first:
                await import.CopyAsync(first.Path, path, cancellationToken);
                return null;
            default:
                return "is a device, a FIFO or a link to nothing; expected a folder, a regular file or a link";
        }
    }

    private static ArchiveResult.Refused Refused(ArchiveEntry entry, string fault) =>
        new($"SLUG2331: the entry '{Readable.Text(entry.Name)}' {fault}; leave it out of the archive, or rename it");

    // RFC 1952: every gzip begins so, and no tar does.
    private static async Task<Stream> InflatedAsync(Stream archive, CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(archive, new(bufferSize: 1 << 16));
        var start = await pipe.ReadAtLeastAsync(2, cancellationToken);
        var isGzip = start.Buffer.Length >= 2 && start.Buffer.Slice(0, 2).ToArray() is [0x1f, 0x8b];
        pipe.AdvanceTo(start.Buffer.Start);
        return isGzip ? new GZipStream(pipe.AsStream(), CompressionMode.Decompress) : pipe.AsStream();
    }
}
