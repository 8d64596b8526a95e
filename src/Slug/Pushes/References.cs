namespace Slug.Pushes;

/// <summary>
/// A repository's refs, read from its files: one that is loose in a file of its own, all others in packed-refs
/// (gitrepository-layout). Reading them this way spares each push a process.
/// </summary>
internal sealed class References(Repository repository)
{
    /// <summary>What the ref stands at; null where there is no such ref.</summary>
    public ObjectId? Find(RefName name) =>
        // git's own order: packing writes packed-refs first and removes the loose file after.
        ReadLoose(PathOf(name.ToString()))
        ?? Packed().Where(packed => packed.Name == name.ToString()).Select(packed => (ObjectId?)packed.Id).FirstOrDefault();

    /// <summary>The names of all branches and tags.</summary>
    public IReadOnlySet<string> Public() =>
        Packed().Select(packed => packed.Name).Concat(Loose("refs/heads")).Concat(Loose("refs/tags"))
            .Where(name => name.StartsWith("refs/heads/", StringComparison.Ordinal) || name.StartsWith("refs/tags/", StringComparison.Ordinal))
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>The names of the refs below a folder that are not packed.</summary>
    public IEnumerable<string> Loose(string folder) =>
        Directory.Exists(PathOf(folder))
            ? Directory.EnumerateFiles(PathOf(folder), "*", SearchOption.AllDirectories)
                .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal))
                .Select(file => Path.GetRelativePath(repository.Directory, file))
            : [];

    /// <summary>All refs below a folder, and what they stand at.</summary>
    public IReadOnlyDictionary<string, ObjectId> Below(string folder)
    {
        var found = new Dictionary<string, ObjectId>(StringComparer.Ordinal);
        foreach (var name in Loose(folder))
        {
            if (ReadLoose(PathOf(name)) is { } id)
                found[name] = id;
        }

        foreach (var packed in Packed().Where(packed => packed.Name.StartsWith($"{folder}/", StringComparison.Ordinal)))
            found.TryAdd(packed.Name, packed.Id);
        return found;
    }

    private IEnumerable<PackedRef> Packed() =>
        File.Exists(PathOf("packed-refs"))
            ? File.ReadLines(PathOf("packed-refs")).Select(PackedRef.Read).OfType<PackedRef>()
            : [];

    private static ObjectId? ReadLoose(string file)
    {
        try
        {
            return File.Exists(file) ? ObjectId.Parse(File.ReadAllText(file).TrimEnd()) : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private string PathOf(string name) => Path.Combine(repository.Directory, name);

    private sealed record PackedRef(ObjectId Id, string Name)
    {
        // The header (#) and the lines that tell what a tag stands for (^) name no ref.
        public static PackedRef? Read(string line) =>
            line.Split(' ', 2) is [var id, var name] && ObjectId.TryParse(id, null, out var parsed) ? new(parsed, name) : null;
    }
}
