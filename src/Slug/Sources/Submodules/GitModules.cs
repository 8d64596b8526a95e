namespace Slug.Sources.Submodules;

/// <summary>What a <c>.gitmodules</c> says: paths, and the URLs they come from (gitmodules(5)).</summary>
internal sealed class GitModules
{
    private const string Section = "submodule.";

    private readonly Dictionary<string, string> urls;

    private GitModules(Dictionary<string, string> urls) => this.urls = urls;

    public static GitModules None { get; } = new([]);

    /// <summary>Reads what <c>git config -z --list</c> writes of it: a name, a line end, a value, a zero; of two values the last one holds.</summary>
    public static GitModules Read(string list)
    {
        var values = new Dictionary<string, string>();
        foreach (var setting in list.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            if (setting.Split('\n', 2) is [var name, var value] && name.StartsWith(Section, StringComparison.Ordinal))
                values[name] = value;
        }

        var urls = new Dictionary<string, string>();
        foreach (var (name, path) in values.Where(setting => setting.Key.EndsWith(".path", StringComparison.Ordinal)))
        {
            if (values.TryGetValue(name[..^"path".Length] + "url", out var url))
                urls[path] = url;
        }

        return new(urls);
    }

    /// <summary>Null where no submodule is named at that path.</summary>
    public string? UrlOf(string path) => urls.GetValueOrDefault(path);
}

/// <summary>What came of reading a <c>.gitmodules</c>.</summary>
internal abstract record ModulesResult
{
    private ModulesResult()
    {
    }

    internal sealed record Read(GitModules Modules) : ModulesResult;

    /// <summary>git cannot read it; its words say why.</summary>
    internal sealed record Malformed(string Said) : ModulesResult;
}
