namespace Slug.Stacks;

/// <summary>The archives that a machine's own apt uses, in both forms of sources.list(5).</summary>
internal static class AptSources
{
    public const string OfThisMachine = "/etc/apt";

    /// <summary>Reads <c>sources.list</c> and <c>sources.list.d</c>; files that apt would not read are not read here.</summary>
    /// <param name="directory">Like <see cref="OfThisMachine"/>.</param>
    public static IEnumerable<AptSource> ReadFrom(string directory)
    {
        var main = Path.Combine(directory, "sources.list");
        var parts = Path.Combine(directory, "sources.list.d");
        var files = Directory.Exists(parts) ? Directory.GetFiles(parts).Order(StringComparer.Ordinal) : Enumerable.Empty<string>();
        return files.Prepend(main).Where(File.Exists).SelectMany(ReadFile);
    }

    /// <summary>The stanzas for one release; empty where the machine's apt knows no archive of it.</summary>
    public static string StanzasFor(IEnumerable<AptSource> sources, StackDefinition definition) => string.Join('\n', sources
        .Select(source => source.For(definition.Suite, definition.Components))
        .OfType<AptSource>()
        .Select(source => source.ToStanza())
        .Distinct(StringComparer.Ordinal));

    private static IEnumerable<AptSource> ReadFile(string path) => Path.GetExtension(path) switch
    {
        ".list" => OneLineSources.Parse(File.ReadLines(path)),
        ".sources" => Deb822Sources.Parse(File.ReadLines(path)),
        _ => [],
    };
}
