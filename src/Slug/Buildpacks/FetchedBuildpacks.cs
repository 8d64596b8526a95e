using Dapper;
using Slug.Content;
using Slug.Hosting;
using Slug.Remotes;

namespace Slug.Buildpacks;

/// <summary>What was fetched from an address the last time: in which version, and what it was packed to.</summary>
internal sealed class FetchedBuildpacks(Database database, BuildpackShelf shelf, TimeProvider time)
{
    /// <summary>Null where nothing was fetched from there in that form, or its tar is gone.</summary>
    public async Task<FetchedBuildpack?> FindAsync(RemoteUrl url, string? name, CancellationToken cancellationToken)
    {
        var found = await database.ReadAsync(
            db => db.QuerySingleOrDefault<FetchedBuildpack>("select revision, digest from fetched_buildpacks where address = @address", new { address = KeyOf(url, name) }),
            cancellationToken);
        return found is not null && shelf.Use(found.Digest) ? found : null;
    }

    public Task KeepAsync(RemoteUrl url, string? name, FetchedBuildpack fetched, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db => db.Execute(
                "insert or replace into fetched_buildpacks (address, revision, digest, fetched_at) values (@address, @Revision, @Digest, @now)",
                new { address = KeyOf(url, name), fetched.Revision, fetched.Digest, now = time.GetUtcNow() }),
            cancellationToken);

    // The address itself is not kept: it may hold a password.
    private static string KeyOf(RemoteUrl url, string? name) => $"{url.Key}#{name}";
}

/// <summary>A version of something elsewhere (a commit, an ETag), packed.</summary>
internal sealed record FetchedBuildpack
{
    public required string Revision { get; init; }

    public required Digest Digest { get; init; }
}
