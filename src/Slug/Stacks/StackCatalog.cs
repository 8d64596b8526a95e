namespace Slug.Stacks;

/// <summary>The stacks that this program knows: a folder each, with a <c>stack.yml</c> in it.</summary>
internal sealed class StackCatalog(string directory, StackImages images)
{
    private const string FileName = "stack.yml";

    /// <summary>The definitions, by name.</summary>
    /// <exception cref="StackException">One of them cannot be read.</exception>
    public IReadOnlyList<StackDefinition> Definitions { get; } = Read(directory);

    /// <exception cref="StackException">There is no such stack.</exception>
    public StackDefinition Find(string name) =>
        Definitions.FirstOrDefault(definition => definition.Name == name)
        ?? throw StackException.Unknown(name, Definitions.Select(definition => definition.Name));

    /// <summary>The stack as the engine has it; null where it is not built.</summary>
    public Task<Stack?> FindBuiltAsync(string name, CancellationToken cancellationToken)
    {
        var definition = Find(name);
        return images.FindAsync(definition, definition.DigestWith(definition.HostDotnetSdk ? DotnetSdk.VersionHere() : null), cancellationToken);
    }

    private static StackDefinition[] Read(string directory) => !Directory.Exists(directory) ? [] :
    [
        .. Directory.GetDirectories(directory)
            .Select(folder => Path.Combine(folder, FileName))
            .Where(File.Exists)
            .Order(StringComparer.Ordinal)
            .Select(file => StackFile.Parse(File.ReadAllText(file), file)),
    ];
}
