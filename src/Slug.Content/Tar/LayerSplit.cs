using System.Security.Cryptography;

namespace Slug.Content.Tar;

/// <summary>
/// Which layers a tree becomes. Names and numbers of entries decide, never sizes or contents: a file that changes, however much, changes its own layer alone.
/// </summary>
internal sealed class LayerSplit(LayerTree tree)
{
    private const int Large = 64; // entries, from which a folder has layers of its own
    private const int VeryLarge = 256; // from which these are several,
    private const int Groups = 8;
    private const int Largest = 4096; // and from which they are more
    private const int MoreGroups = 16;

    // overlayfs of Linux before 6.8 mounts some 127 at most; a step's and the stack's come to these.
    private const int MostLayers = 64;

    /// <summary>Lowest first: those of large folders, in the order of their names, then all else.</summary>
    internal IReadOnlyList<LayerPart> Parts()
    {
        var folders = LargeFolders();
        var parts = folders.SelectMany(Divide).Where(part => !part.IsEmpty).ToList();
        var rest = new LayerPart(tree, LayerModes.AsFound);
        AddRest(rest, tree.Root, folders);
        parts.Add(rest);
        return parts;
    }

    private List<TreeNode> LargeFolders()
    {
        var left = MostLayers;
        var chosen = new HashSet<TreeNode>();
        // Where there are too many, those that hold most come first.
        foreach (var folder in Candidates().Where(folder => folder.Count >= Large).OrderByDescending(folder => folder.Count))
        {
            if (left < GroupsOf(folder))
                break;
            left -= GroupsOf(folder);
            chosen.Add(folder);
        }

        return [.. Candidates().Where(chosen.Contains)];
    }

    // Of a hidden folder, as buildpacks put what they bring into one, the folders in it.
    private IEnumerable<TreeNode> Candidates() =>
        FoldersIn(tree.Root).SelectMany(folder => folder.IsHidden ? FoldersIn(folder) : [folder]);

    private static IEnumerable<TreeNode> FoldersIn(TreeNode folder) =>
        folder.CanGrow ? folder.Children.Where(child => child.IsDirectory) : [];

    private static int GroupsOf(TreeNode folder) => folder switch
    {
        { CanGrow: false } or { Count: < VeryLarge } => 1,
        { Count: < Largest } => Groups,
        _ => MoreGroups,
    };

    private LayerPart[] Divide(TreeNode folder)
    {
        var groups = Enumerable.Range(0, GroupsOf(folder)).Select(_ => new LayerPart(tree, LayerModes.AsFound)).ToArray();
        if (groups.Length == 1)
            groups[0].Add(folder);
        else
            Divide(folder, groups);
        return groups;
    }

    // What is in a folder goes to groups by name. One that holds nearly all of the folder (bin/publish, lib/python3.11) is divided itself.
    private static void Divide(TreeNode folder, LayerPart[] groups)
    {
        foreach (var child in folder.Children)
        {
            if (child.IsDirectory && child.CanGrow && child.Count >= folder.Count / 8 * 7 && child.Count >= VeryLarge)
                Divide(child, groups);
            else
                groups[GroupOf(child.Name, groups.Length)].Add(child);
        }
    }

    // App.dll and App.pdb change together: the last extension does not count.
    private static int GroupOf(ReadOnlySpan<byte> name, int groups)
    {
        name = name.TrimEnd((byte)'/');
        if (name.LastIndexOf((byte)'.') is > 0 and var dot)
            name = name[..dot];
        return SHA256.HashData(name)[0] % groups;
    }

    private static void AddRest(LayerPart rest, TreeNode folder, List<TreeNode> parts)
    {
        foreach (var child in folder.Children)
        {
            if (!parts.Exists(part => part == child || part.Parent == child))
                rest.Add(child);
            else if (!parts.Contains(child))
                AddRest(rest, child, parts);
        }
    }
}
