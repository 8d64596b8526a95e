using System.Formats.Tar;
using Slug.Content;
using Slug.Droplets;
using Slug.Engines;
using Slug.Hosting;
using Slug.Stacks;

namespace Slug.Registry;

/// <summary>The layers of stacks' run images: taken from the engine when an image is first made, and from then on stored like those of droplets.</summary>
internal sealed class RunLayers(DockerEngine engine, StackCatalog stacks, LayerStore layers, IHostApplicationLifetime lifetime)
{
    private readonly SharedWork<Digest> taking = new();

    /// <summary>The layer of a stack's run image, as the engine has it today.</summary>
    /// <param name="stack">The stack's name.</param>
    /// <param name="image">Claims it for the making of this image.</param>
    /// <param name="cancellationToken">Ends the wait for it.</param>
    /// <exception cref="StackException">The stack is not built, or the engine's image is not what it promises.</exception>
    /// <exception cref="EngineException">The engine does not answer.</exception>
    public async Task<Layer> OfAsync(string stack, Guid image, CancellationToken cancellationToken)
    {
        var built = await stacks.FindBuiltAsync(stack, cancellationToken) ?? throw StackException.NotBuilt(stack);
        var diffId = await DiffIdAsync(built, cancellationToken);
        if (await layers.ClaimWholeAsync(image, diffId, cancellationToken) is { } known)
            return known;
        await taking.DoAsync(diffId, () => TakeAsync(built, diffId, image), cancellationToken);
        return await layers.ClaimWholeAsync(image, diffId, cancellationToken) ?? throw Missing(built, diffId);
    }

    private async Task<Digest> DiffIdAsync(Stack stack, CancellationToken cancellationToken) =>
        await engine.Images.FindAsync(stack.RunImage.ToString(), cancellationToken) is { RootFS.Layers: [var layer] }
            ? Digest.Parse(layer)
            : throw StackException.NotBuilt(stack.Name);

    private async Task TakeAsync(Stack stack, Digest diffId, Guid image)
    {
        var stopping = lifetime.ApplicationStopping;
        // Who looked just before another's work ended comes here after it.
        if (await layers.ClaimWholeAsync(image, diffId, stopping) is not null)
            return;
        await using var archive = await engine.Images.SaveAsync(stack.RunImage.ToString(), stopping);
        await using var entries = new TarReader(archive);
        while (await entries.GetNextEntryAsync(copyData: false, stopping) is { } entry)
        {
            if (entry.DataStream is not { } tar || !IsLayer(entry.Name, diffId))
                continue;
            if (!await layers.TryStoreAsync(diffId, tar, stopping))
                break;
            return;
        }

        throw Missing(stack, diffId);
    }

    // Engines before 25 write docker-archives alone, newer ones OCI layouts as well.
    private static bool IsLayer(string name, Digest diffId) =>
        name.EndsWith("/layer.tar", StringComparison.Ordinal) || name == $"blobs/sha256/{diffId.Hex}";

    private static StackException Missing(Stack stack, Digest diffId) => new(
        $"SLUG4108: the engine gives the image '{stack.RunImage}' of the stack '{stack.Name}' without its layer '{diffId}'; build the stack again: slug stacks build {stack.Name} --rebuild");
}
