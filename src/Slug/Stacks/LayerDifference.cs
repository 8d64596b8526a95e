namespace Slug.Stacks;

/// <summary>The layer that turns one root file system into another (OCI image spec, layer.md, "Representing Changes").</summary>
internal static class LayerDifference
{
    private const string Whiteout = ".wh.";

    public static SortedDictionary<string, RootEntry> Between(
        SortedDictionary<string, RootEntry> lower, SortedDictionary<string, RootEntry> upper)
    {
        var layer = new SortedDictionary<string, RootEntry>(StringComparer.Ordinal);
        foreach (var entry in upper.Values)
            if (!lower.TryGetValue(entry.Path, out var before) || !entry.IsSameAs(before))
                layer[entry.Path] = entry;
        foreach (var path in lower.Keys.Where(path => !upper.ContainsKey(path) && (Parent(path) is "" || upper.ContainsKey(Parent(path)))))
            layer[WhiteoutOf(path)] = RootEntry.File(WhiteoutOf(path), Modes.Readable, RootContent.Of([]));
        AddParents(layer, upper);
        return layer;
    }

    // A layer that lacks a folder's entry would give that folder the engine's default rights.
    private static void AddParents(SortedDictionary<string, RootEntry> layer, SortedDictionary<string, RootEntry> upper)
    {
        foreach (var path in layer.Keys.ToArray())
            for (var parent = Parent(path); parent.Length > 0 && upper.TryGetValue(parent, out var entry); parent = Parent(parent))
                if (!layer.TryAdd(parent, entry))
                    break;
    }

    private static string WhiteoutOf(string path) => path.Insert(path.LastIndexOf('/') + 1, Whiteout);

    private static string Parent(string path) => path.LastIndexOf('/') is > 0 and var slash ? path[..slash] : "";
}
