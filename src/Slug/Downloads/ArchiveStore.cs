using System.Text;
using Microsoft.Extensions.Options;
using Slug.Content;
using Slug.Hosting;

namespace Slug.Downloads;

/// <summary>
/// Archives of packages that the service fetched itself. A file's name holds the sha256 of the archive's address and that of its
/// bytes: one rename makes all of it true. When it was last of use is its time.
/// </summary>
internal sealed class ArchiveStore(DataDirectory data, IOptions<DownloadOptions> options, TimeProvider time, ILogger<ArchiveStore> log)
{
    private const string Unfinished = ".new";

    private readonly Lock gate = new();
    private long? total;

    /// <summary>The archive of this address, looked through from its first byte to its last; null where there is none. One that is damaged is dropped.</summary>
    public async Task<FileStream?> OpenAsync(Uri url, CancellationToken cancellationToken)
    {
        var key = KeyOf(url);
        if (!Directory.Exists(FolderOf(key)) || Directory.EnumerateFiles(FolderOf(key), key + ".*").FirstOrDefault() is not { } path)
            return null;
        var file = TryOpen(path);
        if (file is null || await IsWholeAsync(file, cancellationToken))
            return file;
        await file.DisposeAsync();
        log.DownloadDamaged(url);
        lock (gate)
        {
            total -= LengthOf(path);
            File.Delete(path);
        }

        return null;
    }

    /// <summary>A place for an archive that comes in. Disposed before it is kept, nothing of it stays.</summary>
    public Arrival Begin() => new(Path.Combine(data.Downloads, $"{Guid.NewGuid():N}{Unfinished}"));

    /// <summary>Makes what has come in the archive of this address, and drops what was of no use for longest where there is no room.</summary>
    public void Keep(Uri url, Arrival arrival)
    {
        var key = KeyOf(url);
        Directory.CreateDirectory(FolderOf(key));
        var unfinished = arrival.Finish();
        lock (gate)
        {
            total ??= Files().Sum(file => file.Length);
            File.Move(unfinished, Path.Combine(FolderOf(key), $"{key}.{arrival.Digest.Hex}"), overwrite: true);
            total += arrival.Length;
            // A tenth more than has to go: to look through all takes its time.
            if (total > options.Value.Limit)
                Drop(Beyond(options.Value.Limit - (options.Value.Limit / 10)));
        }
    }

    /// <summary>Drops what was of no use for longest until all is within the limit. A rehearsal only gives what would go.</summary>
    public Swept Trim(bool rehearse)
    {
        lock (gate)
        {
            var beyond = Beyond(options.Value.Limit);
            var swept = new Swept("downloads", beyond.Count, beyond.Sum(file => file.Length));
            if (!rehearse)
                Drop(beyond);
            return swept;
        }
    }

    /// <summary>At start: what a crash left half-written goes.</summary>
    public void Sweep()
    {
        foreach (var file in Directory.EnumerateFiles(data.Downloads, "*" + Unfinished))
            File.Delete(file);
    }

    private static string KeyOf(Uri url) => Digest.Of(Encoding.UTF8.GetBytes(url.AbsoluteUri)).Hex;

    // Thousands of names in one folder make each look-up slow.
    private string FolderOf(string key) => Path.Combine(data.Downloads, key[..2]);

    private IEnumerable<FileInfo> Files() => new DirectoryInfo(data.Downloads).EnumerateDirectories().SelectMany(folder => folder.EnumerateFiles());

    private List<FileInfo> Beyond(long rest) => [.. Files().OrderByDescending(file => file.LastWriteTimeUtc).SkipWhile(file => (rest -= file.Length) >= 0)];

    private void Drop(List<FileInfo> files)
    {
        files.ForEach(file => file.Delete());
        total = Files().Sum(file => file.Length);
    }

    private FileStream? TryOpen(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, time.GetUtcNow().UtcDateTime);
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (FileNotFoundException)
        {
            // Dropped in this moment.
            return null;
        }
    }

    private static async Task<bool> IsWholeAsync(FileStream file, CancellationToken cancellationToken)
    {
        await using var read = new DigestStream(file);
        await read.CopyToAsync(Stream.Null, cancellationToken);
        file.Position = 0;
        return Path.GetExtension(file.Name) == "." + read.Finish().Hex;
    }

    private static long LengthOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;
}
