namespace Slug.Content.Tar;

/// <summary>Some of a tree, as a layer. Its bytes depend on names, contents, permission bits and links of what is in it, and nothing else.</summary>
public sealed class LayerPart
{
    private readonly LayerTree tree;
    private readonly LayerModes modes;
    private readonly HashSet<TreeNode> whole = [];
    private readonly HashSet<TreeNode> passed;

    internal LayerPart(LayerTree tree, LayerModes modes)
    {
        (this.tree, this.modes) = (tree, modes);
        passed = [tree.Root];
    }

    /// <summary>About the length of its tar in bytes.</summary>
    public long Extent => whole.Sum(node => node.Extent);

    internal bool IsEmpty => whole.Count == 0;

    /// <summary>Writes the layer; several may be written at a time.</summary>
    /// <param name="destination">Is written to only, and neither flushed nor closed.</param>
    /// <param name="cancellationToken">Leaves the destination with half a layer.</param>
    /// <exception cref="UnpackableEntryException">A file may not be read, or changed since the tree was looked at, or a link's target is not UTF-8.</exception>
    public async Task WriteAsync(Stream destination, CancellationToken cancellationToken)
    {
        using var writer = new LayerWriter(tree, modes, destination);
        await writer.WriteAsync(ShareOf, cancellationToken);
    }

    /// <summary>Takes in a node with all below it, and the folders on the way to it.</summary>
    internal void Add(TreeNode node)
    {
        whole.Add(node);
        for (var folder = node.Parent; folder is not null && passed.Add(folder); folder = folder.Parent)
        {
        }
    }

    private LayerShare ShareOf(TreeNode node) =>
        whole.Contains(node) ? LayerShare.Whole : passed.Contains(node) ? LayerShare.Passed : LayerShare.None;
}

/// <summary>How much of a node is in a layer.</summary>
internal enum LayerShare
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Its own entry, and some of what is below it.</summary>
    Passed,

    /// <summary>It and all that is below it.</summary>
    Whole,
}
