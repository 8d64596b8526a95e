using Slug.Pushes;
using Slug.Remotes;

namespace Slug.Sources.LargeFiles;

/// <summary>Where the large files of a repository are asked for.</summary>
/// <param name="Repository">As git asks for it.</param>
/// <param name="Origin">Has credentials for its host.</param>
internal sealed record LargeFileAddress(Uri Repository, Origin? Origin)
{
    private const string Suffix = ".git";

    /// <summary>The files' side of the repository (git-lfs, api/server-discovery.md).</summary>
    public Uri Server => new(Repository, $"{Path}/info/lfs");

    /// <summary>(git-lfs, api/batch.md).</summary>
    public Uri Batch => new(Repository, $"{Path}/info/lfs/objects/batch");

    public Credentials? CredentialsFor(Uri url) => Origin?.CredentialsFor(url);

    private string Path => Repository.AbsolutePath.TrimEnd('/') is var path && path.EndsWith(Suffix, StringComparison.Ordinal) ? path : path + Suffix;
}
