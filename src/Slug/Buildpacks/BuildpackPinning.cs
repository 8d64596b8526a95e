using Slug.Content.Wire;
using Slug.Remotes;

namespace Slug.Buildpacks;

/// <summary>Turns what an app names into what its build gets: fetched where it must be, and fixed by digest.</summary>
internal sealed class BuildpackPinning(BuildpackCatalog catalog, GitBuildpacks repositories, ArchiveBuildpacks archives, RemoteAttempts attempts)
{
    /// <exception cref="BuildpackException">There is no such buildpack.</exception>
    /// <exception cref="RemoteException">It cannot be fetched.</exception>
    public Task<BuildpackReference> PinAsync(BuildpackAddress address, Action<string> say, CancellationToken cancellationToken) => address switch
    {
        BuildpackAddress.BuiltIn builtIn => Task.FromResult(catalog.Find(builtIn.Name)),
        BuildpackAddress.Folder => Task.FromResult(new BuildpackReference(address.ToString(), null)),
        BuildpackAddress.Git git => FetchAsync(git, stop => repositories.FetchAsync(git, stop), say, cancellationToken),
        BuildpackAddress.Archive archive => FetchAsync(archive, stop => archives.FetchAsync(archive, stop), say, cancellationToken),
        _ => throw new InvalidOperationException("an address is one of four"),
    };

    private async Task<BuildpackReference> FetchAsync(
        BuildpackAddress address, Func<CancellationToken, Task<FetchedBuildpack>> fetch, Action<string> say, CancellationToken cancellationToken)
    {
        var fetched = await attempts.RunAsync(address.ToString(), fetch, say, cancellationToken);
        say($"       {address} is {fetched.Digest.ToShortString()}{(address is BuildpackAddress.Git ? $" (commit {fetched.Revision[..7]})" : "")}");
        return new(address.ToString(), fetched.Digest) { Revision = fetched.Revision };
    }
}
