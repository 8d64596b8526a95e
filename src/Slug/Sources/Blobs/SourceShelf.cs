using Slug.Hosting;
using Slug.Pushes;

namespace Slug.Sources.Blobs;

/// <summary>Archives that were uploaded for a build which is yet to be asked for: one file each, for an hour or two.</summary>
internal sealed class SourceShelf(DataDirectory data, PushOptions options, TimeProvider time)
{
    // So many of the largest may wait: who uploads and never builds does not fill the disk.
    private const int MostWaiting = 8;

    /// <summary>For how long an archive can be uploaded, and then fetched.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromHours(1);

    /// <summary>The most that one may have, in bytes.</summary>
    public long Limit => options.Limit;

    /// <summary>There is room for another.</summary>
    public bool HasRoom => new DirectoryInfo(data.Sources).EnumerateFiles().Sum(file => file.Length) < MostWaiting * Limit;

    /// <summary>Keeps an archive; one that is there already is replaced.</summary>
    /// <exception cref="InvalidDataException">It is larger than the limit.</exception>
    public async Task ReceiveAsync(Guid id, Stream content, CancellationToken cancellationToken)
    {
        var unfinished = Path.Combine(data.Sources, $"{Guid.NewGuid():N}.new");
        try
        {
            await using (var file = File.Create(unfinished))
                await new CappedStream(content, Limit).CopyToAsync(file, cancellationToken);
            File.Move(unfinished, PathOf(id), overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Null where nothing was uploaded, or it is gone.</summary>
    public FileStream? Open(Guid id)
    {
        try
        {
            return File.OpenRead(PathOf(id));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Removes what nobody can ask for any more; a rehearsal only counts.</summary>
    public Swept Trim(bool rehearse)
    {
        // Uploaded in the last moment of one address, it is fetched by another that was given out with it.
        var oldest = (time.GetUtcNow() - Lifetime - Lifetime).UtcDateTime;
        var old = new DirectoryInfo(data.Sources).GetFiles().Where(file => file.LastWriteTimeUtc < oldest).ToList();
        foreach (var file in rehearse ? [] : old)
            file.Delete();
        return new("uploaded sources", old.Count, old.Sum(file => file.Length));
    }

    private string PathOf(Guid id) => Path.Combine(data.Sources, $"{id:D}.tgz");
}
