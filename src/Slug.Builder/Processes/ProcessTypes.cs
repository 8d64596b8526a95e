using System.Buffers;

namespace Slug.Builder.Processes;

/// <summary>Process types by name, in byte order of the names.</summary>
internal sealed class ProcessTypes() : SortedDictionary<string, string>(StringComparer.Ordinal)
{
    public const int LongestName = 128;

    private static readonly SearchValues<char> NameLetters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    public static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName && !name.AsSpan().ContainsAnyExcept(NameLetters);

    /// <summary>These, with the other's entries over them.</summary>
    public ProcessTypes With(ProcessTypes winning)
    {
        var all = new ProcessTypes();
        foreach (var (name, command) in this.Concat(winning))
            all[name] = command;
        return all;
    }

    /// <summary>The names, for a line of the log.</summary>
    public override string ToString() => Count == 0 ? "(none)" : string.Join(", ", Keys);
}
