using System.Globalization;

namespace Slug.Engines;

/// <summary>What this machine allows a process: an engine started here cannot grant its containers more.</summary>
internal static class MachineLimits
{
    /// <summary>The hard limit of open files, from the lines of <c>/proc/self/limits</c>: name, soft, hard, unit.</summary>
    public static long OpenFilesOf(IEnumerable<string> lines)
    {
        const string name = "Max open files";
        var line = lines.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        var words = line?[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is [_, var hard, ..] && long.TryParse(hard, CultureInfo.InvariantCulture, out var limit) ? limit : long.MaxValue;
    }

    public static long OpenFiles { get; } = OpenFilesOf(File.ReadLines("/proc/self/limits"));
}
