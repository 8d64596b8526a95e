using Slug.Apps;
using Slug.Pushes;

namespace Slug.Sources.Submodules;

/// <summary>Resolves submodules, and theirs, from the URLs that <c>.gitmodules</c> names.</summary>
internal sealed class SubmoduleWalks(Git git, TreeListing listing, SubmoduleFetch fetches, AppStore apps, SourceOptions options)
{
    public SubmoduleWalk Begin(Push push) => new(push, new(push.Repository, push.Quarantine, git), listing, fetches, apps, options.Submodules);
}
