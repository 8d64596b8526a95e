using System.Text.Unicode;

namespace Slug.Content.Tar;

/// <summary>Walks through a tree and writes the entries of one layer.</summary>
internal sealed class LayerWriter : IDisposable
{
    private const int PermissionBits = 0x1FF;
    private const int OwnerExecutes = 0x40;
    private const int Executable = 0x1ED; // 0755
    private const int Readable = 0x1A4; // 0644

    private readonly LayerTree tree;
    private readonly LayerModes modes;
    private readonly LayerBlocks blocks;
    private readonly OpenedFile root;
    private readonly EntryName name;
    private readonly Dictionary<FileIdentity, byte[]> firstNames = [];

    internal LayerWriter(LayerTree tree, LayerModes modes, Stream destination)
    {
        (this.tree, this.modes) = (tree, modes);
        root = OpenedFile.Root(tree.Path);
        blocks = new(destination);
        name = new(tree.Root.Name);
    }

    internal async Task WriteAsync(Func<TreeNode, LayerShare> shareOf, CancellationToken cancellationToken)
    {
        await StartAsync(tree.Root, LayerFormat.Directory, [], cancellationToken);
        await WriteChildrenAsync(tree.Root, shareOf, shareOf(tree.Root), cancellationToken);
        await blocks.EndAsync(cancellationToken);
    }

    public void Dispose()
    {
        blocks.Dispose();
        root.Dispose();
    }

    private async Task WriteChildrenAsync(TreeNode folder, Func<TreeNode, LayerShare> shareOf, LayerShare share, CancellationToken cancellationToken)
    {
        var length = name.Length;
        foreach (var node in folder.Children)
        {
            var part = share == LayerShare.Whole ? share : shareOf(node);
            if (part == LayerShare.None)
                continue;
            name.Append(node.Name);
            await WriteAsync(node, cancellationToken);
            if (node.IsDirectory)
                await WriteChildrenAsync(node, shareOf, part, cancellationToken);
            name.Cut(length);
        }
    }

    private ValueTask WriteAsync(TreeNode node, CancellationToken cancellationToken)
    {
        if (node.IsDirectory)
            return StartAsync(node, LayerFormat.Directory, [], cancellationToken);
        if (node.Kind == FileKind.SymbolicLink)
            return StartAsync(node, LayerFormat.SymbolicLink, Target(), cancellationToken);
        if (node.Shared is not { } shared || firstNames.TryAdd(shared, name.Full.ToArray()))
            return CopyAsync(node, cancellationToken);
        return StartAsync(node, LayerFormat.HardLink, firstNames[shared], cancellationToken);
    }

    private byte[] Target()
    {
        var target = root.Target(name);
        return Utf8.IsValid(target) ? target : throw new UnpackableEntryException(root.PathOf(name), "a symbolic link to a name that is not UTF-8");
    }

    private async ValueTask StartAsync(TreeNode node, byte type, byte[] target, CancellationToken cancellationToken)
    {
        await blocks.ReserveAsync(LayerBlocks.RoomOf(name.Length, target.Length), cancellationToken);
        blocks.Write(new()
        {
            Name = name.Full,
            LinkTarget = target,
            Type = type,
            Mode = ModeOf(node),
            Size = type == LayerFormat.RegularFile ? node.Size : 0,
        });
    }

    private async ValueTask CopyAsync(TreeNode node, CancellationToken cancellationToken)
    {
        await StartAsync(node, LayerFormat.RegularFile, [], cancellationToken);
        using var file = root.File(name);
        tree.Drop(name, file);
        if (!await blocks.CopyAsync(file, node.Size, cancellationToken))
            throw new UnpackableEntryException(root.PathOf(name), "a file that changed while it was packed");
    }

    private int ModeOf(TreeNode node) => modes switch
    {
        LayerModes.AsGit when node.Kind != FileKind.SymbolicLink => (node.Mode & OwnerExecutes) != 0 ? Executable : Readable,
        _ => node.Mode & PermissionBits,
    };
}
