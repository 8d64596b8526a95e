using System.Reflection;
using System.Runtime.InteropServices;

namespace Slug.Stacks;

/// <summary>The .NET SDK of this machine: the one whose runtime runs this program.</summary>
internal sealed record DotnetSdk(string Directory, string Version)
{
    /// <exception cref="StackException">Only a runtime is installed here.</exception>
    public static DotnetSdk Find() => FindIn(RuntimeRoot);

    /// <summary>The version of this machine's SDK. A program that runs from its droplet has none beside it: its stack holds the one that compiled it.</summary>
    public static string? VersionHere() =>
        System.IO.Directory.Exists(Path.Combine(RuntimeRoot, "sdk")) ? Find().Version : CompiledBy();

    /// <exception cref="StackException">The directory holds no SDK.</exception>
    public static DotnetSdk FindIn(string directory)
    {
        var sdks = Path.Combine(directory, "sdk");
        var newest = System.IO.Directory.Exists(sdks)
            ? System.IO.Directory.GetDirectories(sdks).Select(Path.GetFileName).Order(VersionOrder).LastOrDefault()
            : null;
        return newest is null ? throw StackException.NoSdk(directory) : new(directory, newest);
    }

    private static string RuntimeRoot => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));

    private static string? CompiledBy() =>
        typeof(DotnetSdk).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(fact => fact.Key == "DotnetSdk")?.Value;

    private static readonly Comparer<string?> VersionOrder = Comparer<string?>.Create(
        (left, right) => CompareOptions(left, right));

    private static int CompareOptions(string? left, string? right) =>
        System.Version.TryParse(left?.Split('-')[0], out var a) && System.Version.TryParse(right?.Split('-')[0], out var b)
            ? a.CompareTo(b)
            : string.CompareOrdinal(left, right);
}
