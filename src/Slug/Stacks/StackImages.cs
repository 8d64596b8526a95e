using System.Collections.Concurrent;
using Slug.Content;
using Slug.Engines;
using Slug.Engines.Wire;

namespace Slug.Stacks;

/// <summary>A stack's images in the engine: found by label, tagged for this instance.</summary>
internal sealed class StackImages(DockerEngine engine, string instance)
{
    private const string Tag = "latest";

    private readonly ConcurrentDictionary<string, ImageDetails> seen = new();

    /// <summary><c>slug-INSTANCE/NAME-run</c> or <c>-build</c>.</summary>
    public string RepositoryOf(StackLabels labels) => $"slug-{instance}/{labels.Stack}-{labels.Image}";

    public string TagOf(StackLabels labels) => $"{RepositoryOf(labels)}:{Tag}";

    /// <summary>Null where one of the two is missing. Every push asks: once both are known, it is one call to the engine.</summary>
    public async Task<Stack?> FindAsync(StackDefinition definition, Digest digest, CancellationToken cancellationToken)
    {
        var there = await engine.Images.ListAsync(StackLabels.FilterOf(definition, digest), cancellationToken);
        foreach (var build in await DetailsAsync(there, StackLabels.ForBuild(definition, digest), cancellationToken))
            foreach (var run in await DetailsAsync(there, StackLabels.ForRun(definition, digest), cancellationToken))
                if (IsOnTopOf(build, run))
                    return Stack.Of(definition, run, build);
        return null;
    }

    /// <summary>Gives both images this instance's names, so that another instance's clean-up leaves them alone.</summary>
    public async Task<Stack> TagAsync(Stack stack, StackDefinition definition, Digest digest, CancellationToken cancellationToken)
    {
        var (run, build) = (StackLabels.ForRun(definition, digest), StackLabels.ForBuild(definition, digest));
        await engine.Images.TagAsync(stack.RunImage.ToString(), RepositoryOf(run), Tag, cancellationToken);
        await engine.Images.TagAsync(stack.BuildImage.ToString(), RepositoryOf(build), Tag, cancellationToken);
        return await FindAsync(definition, digest, cancellationToken) ?? throw StackException.NotBuilt(definition.Name);
    }

    /// <summary>Removes images of the stack that no instance names any more. Those in use stay.</summary>
    public async Task RemoveNamelessAsync(StackDefinition definition, CancellationToken cancellationToken)
    {
        var images = await engine.Images.ListAsync([$"{StackLabels.StackKey}={definition.Name}", StackLabels.ImageKey], cancellationToken);
        foreach (var image in images.Where(image => image.RepoTags is null or [] or ["<none>:<none>"]))
            await engine.Images.RemoveAsync(image.Id, cancellationToken);
    }

    /// <summary>Takes this instance's names off; images that no other instance names go with them.</summary>
    public async Task ReleaseAsync(StackDefinition definition, CancellationToken cancellationToken)
    {
        foreach (var image in (string[])[StackLabels.Build, StackLabels.Run])
            await engine.Images.RemoveAsync(TagOf(new(definition.Name, image, default)), cancellationToken);
    }

    /// <exception cref="StackException">The engine does not take them.</exception>
    public async Task LoadAsync(IReadOnlyList<StackImage> images, CancellationToken cancellationToken)
    {
        if (await engine.Images.LoadAsync((stream, token) => DockerArchive.WriteAsync(images, stream, token), cancellationToken) is { } reason)
            throw StackException.Unloadable(images[^1].Tag, reason);
    }

    // Rebuilt from a newer archive, one definition has several images: those with this instance's own name come first.
    private async Task<List<ImageDetails>> DetailsAsync(IEnumerable<ImageSummary> there, StackLabels labels, CancellationToken cancellationToken)
    {
        var found = there.Where(image => image.Labels?.GetValueOrDefault(StackLabels.ImageKey) == labels.Image);
        var details = new List<ImageDetails>();
        foreach (var image in found.OrderByDescending(image => image.RepoTags?.Contains(TagOf(labels)) == true))
            if (await DetailsAsync(image.Id, cancellationToken) is { } known)
                details.Add(known);
        return details;
    }

    // An id is the digest of what it names.
    private async Task<ImageDetails?> DetailsAsync(string id, CancellationToken cancellationToken) =>
        seen.TryGetValue(id, out var known) ? known
        : await engine.Images.FindAsync(id, cancellationToken) is { } found ? seen.GetOrAdd(id, found)
        : null;

    // Exactly: what somebody builds upon one of the two inherits its labels.
    private static bool IsOnTopOf(ImageDetails build, ImageDetails run) =>
        run.RootFS?.Layers is [var lowest] && build.RootFS?.Layers is [var first, _] && first == lowest;
}
