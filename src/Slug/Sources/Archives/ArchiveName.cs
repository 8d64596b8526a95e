using System.Text;

namespace Slug.Sources.Archives;

/// <summary>A name in an uploaded archive as a path inside of it: parts joined by slashes, empty for its root.</summary>
internal readonly record struct ArchiveName
{
    private const int LongestPath = 4000;

    private ArchiveName(string path) => Path = path;

    public string Path { get; }

    /// <summary>The root itself, or of git's own folder: no source holds one.</summary>
    public bool IsNothing => Path.Length == 0 || Array.Exists(Path.Split('/'), part => part.Equals(".git", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether it is a folder's name, or lies inside of that.</summary>
    public bool IsIn(string folder) => Path == folder || Path.StartsWith($"{folder}/", StringComparison.Ordinal);

    /// <summary>Null, and why, where the name cannot be such a path.</summary>
    public static ArchiveName? Read(string name, out string fault)
    {
        fault = name switch
        {
            ['/', ..] => "has an absolute name",
            _ when name.Contains('\uFFFD', StringComparison.Ordinal) => "has a name that is not UTF-8",
            _ when name.Contains('\0', StringComparison.Ordinal) => "has a zero byte in its name",
            _ when Encoding.UTF8.GetByteCount(name) > LongestPath => $"has a name of more than {LongestPath} bytes",
            _ => "",
        };
        var parts = name.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").ToArray();
        if (fault.Length == 0 && parts.Contains(".."))
            fault = "has '..' in its name";
        return fault.Length > 0 ? null : new(string.Join('/', parts));
    }
}
