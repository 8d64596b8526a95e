using System.IO.Compression;

namespace Slug.Droplets.Differences;

/// <summary>Says of two zip archives, such as jars and wheels, which of their members differ.</summary>
internal static class ArchiveComparison
{
    /// <summary>Larger ones are compared as any file is.</summary>
    public const long Largest = 32_000_000;

    private static readonly string[] endings = [".jar", ".war", ".zip", ".whl", ".nupkg"];

    public static bool IsArchive(string name) => endings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>In words that follow "has other contents"; nothing where the members are the same, or one of the two is no zip.</summary>
    public static string Describe(byte[] left, byte[] right)
    {
        try
        {
            var (mine, yours) = (MembersOf(left), MembersOf(right));
            var names = mine.Keys.Union(yours.Keys).Order(StringComparer.Ordinal).ToList();
            var differing = names.FindAll(name => ContentOf(mine, name) != ContentOf(yours, name));
            if (differing.Count > 0)
                return $" in {Named(differing)}";
            var dated = names.FindAll(name => mine[name].Time != yours[name].Time);
            return dated.Count > 0 ? $" in the time of {Named(dated)}" : "";
        }
        catch (InvalidDataException)
        {
            return "";
        }
    }

    private static (uint Sum, long Length)? ContentOf(Dictionary<string, Member> members, string name) =>
        members.TryGetValue(name, out var member) ? (member.Sum, member.Length) : null;

    private static string Named(List<string> members) =>
        $"its member '{members[0]}'{(members.Count > 1 ? $" and {members.Count - 1} more" : "")}";

    private static Dictionary<string, Member> MembersOf(byte[] archive)
    {
        using var zip = new ZipArchive(new MemoryStream(archive));
        var members = new Dictionary<string, Member>();
        foreach (var entry in zip.Entries)
            members[entry.FullName] = new(entry.Crc32, entry.Length, entry.LastWriteTime);
        return members;
    }

    private sealed record Member(uint Sum, long Length, DateTimeOffset Time);
}
