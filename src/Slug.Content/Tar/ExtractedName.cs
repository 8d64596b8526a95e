namespace Slug.Content.Tar;

/// <summary>A name from a tar that stays inside the directory it is unpacked to: parts without '.' and '..', joined by slashes. Empty for the directory itself.</summary>
internal readonly record struct ExtractedName
{
    private ExtractedName(string path) => Path = path;

    internal string Path { get; }

    internal static ExtractedName Parse(string name)
    {
        var path = name.AsSpan();
        if (path.StartsWith('/'))
            throw new InvalidDataException($"entry '{Quoted.Text(name)}' has an absolute name; expected one inside the archive");
        while (path.StartsWith("./"))
            path = path[2..];
        path = path is "." ? [] : path.TrimEnd('/');
        foreach (var range in path.Split('/'))
        {
            if (path[range] is "." or ".." || (path[range].IsEmpty && !path.IsEmpty))
                throw new InvalidDataException($"entry '{Quoted.Text(name)}' has a part that is empty, '.' or '..'; expected a plain path");
        }

        return new(Faithful(path.Length == name.Length ? name : path.ToString()));
    }

    /// <summary>The name that it gets where a part of an archive is unpacked; null where it is left out.</summary>
    internal ExtractedName? In(Func<string, string?> place) => place(Path) is { } path ? new(path) : null;

    /// <summary>The text, unless bytes that are not UTF-8 were lost in it.</summary>
    internal static string Faithful(string text) =>
        text.Contains('\uFFFD', StringComparison.Ordinal)
            ? throw new InvalidDataException($"entry '{Quoted.Text(text)}' has a name that is not UTF-8; rename it")
            : text;
}
