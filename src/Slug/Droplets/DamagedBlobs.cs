using System.Data;
using Dapper;
using Slug.Content;
using Slug.Content.Blobs;
using Slug.Content.Oci;
using Slug.Hosting;

namespace Slug.Droplets;

/// <summary>The blobs of droplets that are damaged: gone, cut, or with other bytes than their names promise. Who meets one has it written down; storing it again takes it off.</summary>
internal sealed class DamagedBlobs(Database database, OciLayout images, StoreTurn turn, TimeProvider time, ILogger<DamagedBlobs> log)
{
    /// <summary>The blobs that droplets, kept steps, images and referrers are made of.</summary>
    public const string InUse = """
        select digest from droplets union select manifest from droplets union select blob from layers union select blob from derived_blobs
        union select manifest from images union select manifest from referrers union select blob from manifest_blobs
        """;

    /// <summary>Those that are known.</summary>
    public Task<IReadOnlySet<Digest>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlySet<Digest>>(db => db.Query<Digest>("select blob from damaged_blobs").ToHashSet(), cancellationToken);

    /// <summary>The droplets that have one of them.</summary>
    public Task<IReadOnlySet<Digest>> DropletsAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlySet<Digest>>(
            db => db.Query<Digest>(
                """
                select digest from droplets where digest in (select blob from damaged_blobs) or manifest in (select blob from damaged_blobs)
                union
                select d.droplet from droplet_layers d join layers l on l.diff_id = d.diff_id where l.blob in (select blob from damaged_blobs)
                """).ToHashSet(),
            cancellationToken);

    /// <summary>False where the blob is known to be damaged, or is not there in its length: what can be said without reading it.</summary>
    public async Task<bool> SeemsWholeAsync(Digest blob, long size, CancellationToken cancellationToken) =>
        images.Blobs.Length(blob) == size ? !(await ListAsync(cancellationToken)).Contains(blob) : await IsWholeAsync(blob, cancellationToken);

    /// <summary>Reads the blob from end to end. Where it is not as it was known to be, that is written down.</summary>
    public async Task<bool> IsWholeAsync(Digest blob, CancellationToken cancellationToken)
    {
        var isWhole = await images.Blobs.IsWholeAsync(blob, cancellationToken);
        return isWhole == (await ListAsync(cancellationToken)).Contains(blob) ? await CheckAsync(blob, cancellationToken) : isWhole;
    }

    /// <summary>Hands out a blob's bytes; where they turn out to be damaged, that is written down before the reader hears of it.</summary>
    /// <exception cref="DamagedBlobException">Its bytes are not what its name promises.</exception>
    /// <exception cref="FileNotFoundException">There is no such blob.</exception>
    public async Task ReadAsync(Digest blob, Func<Stream, Task> read)
    {
        try
        {
            await using var content = images.Blobs.OpenVerified(blob) ?? throw new FileNotFoundException($"blob '{blob}' is not in the store");
            await read(content);
        }
        catch (Exception exception) when (exception is DamagedBlobException or FileNotFoundException or InvalidDataException)
        {
            // A wrong byte may make no zstd before the digest is known. Who asked may be gone by now: it is written down all the same.
            await CheckAsync(blob, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Writes down that a blob is damaged, for who has the store's turn. One that nothing is made of is nobody's loss.</summary>
    public async Task AddAsync(Digest blob, CancellationToken cancellationToken)
    {
        if (await database.WriteAsync(db => Insert(db, blob), cancellationToken))
            log.BlobDamaged(blob);
    }

    /// <summary>The blob was stored again: inside the transaction that says so.</summary>
    public void Remove(IDbConnection db, Digest blob)
    {
        if (db.Execute("delete from damaged_blobs where blob = @blob", new { blob }) > 0)
            Events.Append(db, time, Events.Itself, "blob.mended", null, blob.ToString());
    }

    // In turn: what was read a moment ago may have been stored again, or swept, since.
    private async Task<bool> CheckAsync(Digest blob, CancellationToken cancellationToken)
    {
        using var entered = await turn.EnterAsync(cancellationToken);
        var isWhole = await images.Blobs.IsWholeAsync(blob, cancellationToken);
        if (isWhole)
            await database.WriteAsync(
                db =>
                {
                    Remove(db, blob);
                    return true;
                },
                cancellationToken);
        else
            await AddAsync(blob, cancellationToken);
        return isWhole;
    }

    private bool Insert(IDbConnection db, Digest blob) =>
        db.Execute(
            $"insert or ignore into damaged_blobs (blob, found_at) select @blob, @now where @blob in ({InUse})", new { blob, now = time.GetUtcNow() }) > 0
        && Events.Append(db, time, Events.Itself, "blob.damaged", null, blob.ToString()) > 0;
}
