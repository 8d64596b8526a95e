using Slug.Droplets.Records;
using Slug.Stacks;

namespace Slug.Droplets.Bills;

/// <summary>Makes a droplet's bill of materials: of the lockfiles in its layers, and of dpkg's list in its run image.</summary>
internal sealed class BillMaking(DropletStore droplets, LayerStore layers, StackPackages stack)
{
    /// <exception cref="Content.Blobs.DamagedBlobException">A layer is not what it was.</exception>
    /// <exception cref="Engines.EngineException">The engine, which has the run image, does not answer.</exception>
    public async Task<Bill> OfAsync(Droplet droplet, DropletRecord record, CancellationToken cancellationToken)
    {
        var found = new FoundFiles();
        foreach (var layer in await droplets.LayersAsync(droplet.Digest, cancellationToken))
            await layers.ReadAsync(layer, tar => found.AddAsync(tar, cancellationToken), cancellationToken);

        var content = new BillContent();
        foreach (var (path, file) in found.Files)
            content.Add(path, Lockfiles.ReaderOf(path)!, file);
        foreach (var path in found.PassedOver)
            content.PassOver(path);
        if (await stack.StatusAsync(record.Stack.RunImage, cancellationToken) is { } status)
            content.Add($"run image {record.Stack.RunImage}", DebianStatus.Read, status);
        else
            content.PassOver($"run image {record.Stack.RunImage}");
        return content.ToBill(droplet.Digest);
    }
}
