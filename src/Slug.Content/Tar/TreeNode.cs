namespace Slug.Content.Tar;

/// <summary>A file or folder of a tree, as it was when the tree was read.</summary>
internal sealed class TreeNode(byte[] name, FileFacts facts)
{
    private const int OwnerChanges = 0xC0; // -wx------

    /// <summary>The last part of its path; a folder's ends with a slash.</summary>
    internal byte[] Name => name;

    internal FileKind Kind { get; } = facts.Kind;

    internal int Mode { get; } = facts.Mode;

    internal long Size { get; } = facts.Size;

    /// <summary>Of a file with several names; null of all else.</summary>
    internal FileIdentity? Shared { get; } = facts is { Kind: FileKind.RegularFile, Links: > 1 } ? facts.Identity : null;

    /// <summary>The folder that it is in; null of the root.</summary>
    internal TreeNode? Parent { get; private set; }

    /// <summary>In the byte order of their names.</summary>
    internal TreeNode[] Children { get; private set; } = [];

    /// <summary>Entries below it, at all levels.</summary>
    internal int Count { get; private set; }

    /// <summary>About what it and all below it take in a tar, in bytes.</summary>
    internal long Extent { get; private set; } = facts.Kind == FileKind.RegularFile ? facts.Size + LayerFormat.BlockSize : LayerFormat.BlockSize;

    internal bool IsDirectory => Kind == FileKind.Directory;

    internal bool IsHidden => Name[0] == (byte)'.';

    /// <summary>Who unpacks it without being root can put more into it after its own entry was there.</summary>
    internal bool CanGrow => (Mode & OwnerChanges) == OwnerChanges;

    /// <summary>Takes over children whose own are known.</summary>
    internal void Fill(TreeNode[] children)
    {
        Children = children;
        foreach (var child in children)
        {
            child.Parent = this;
            Count += 1 + child.Count;
            Extent += child.Extent;
        }
    }
}
