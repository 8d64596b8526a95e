using Slug.Builder.Protocol;
using Slug.Content;

namespace Slug.Builder.Buildpacks;

/// <summary>The buildpacks that come with Slug, brought while the builder waits for its build: who pushes does not wait for them.</summary>
internal sealed class StagedBuildpacks(BuilderPaths paths, BuildCalls calls)
{
    public async Task FillAsync(CancellationToken cancellationToken)
    {
        var delivery = new BuildpackDelivery(paths, calls);
        foreach (var digest in await calls.BuiltInBuildpacksAsync(cancellationToken))
        {
            var unfinished = FolderOf(digest) + ".new";
            if (await delivery.UnpackAsync(digest, unfinished, cancellationToken) == digest)
                Directory.Move(unfinished, FolderOf(digest));
        }
    }

    /// <summary>Moves a buildpack to where it is to be; false where it was not brought.</summary>
    public bool TryTake(Digest digest, string directory)
    {
        if (!Directory.Exists(FolderOf(digest)))
            return false;
        Directory.Move(FolderOf(digest), directory);
        return true;
    }

    private string FolderOf(Digest digest) => Path.Combine(paths.Staged, digest.Hex);
}
