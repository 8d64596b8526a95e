using System.Globalization;

namespace Slug.Builder.Limits;

/// <summary>How often the kernel killed for memory and refused a process in this container, since it started.</summary>
internal readonly record struct KernelCounters(long MemoryKills, long RefusedProcesses)
{
    // cgroup v1 keeps one folder per controller, v2 one for all; the keys inside are the same.
    private static readonly string[] MemoryFiles = ["memory.events", "memory/memory.oom_control"];
    private static readonly string[] ProcessFiles = ["pids.events", "pids/pids.events"];

    public static KernelCounters Read(string cgroups) =>
        new(Sum(cgroups, MemoryFiles, "oom_kill"), Sum(cgroups, ProcessFiles, "max"));

    private static long Sum(string cgroups, string[] files, string key) =>
        files.Select(file => Path.Combine(cgroups, file))
            .Where(File.Exists)
            .SelectMany(File.ReadLines)
            .Sum(line => Value(line, key));

    private static long Value(string line, string key) =>
        line.Split(' ') is [var name, var count] && name == key
            && long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : 0;
}
