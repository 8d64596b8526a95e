using Slug.Commands.Terminals;
using Slug.Hosting;

namespace Slug.Commands.Checks;

/// <summary>The kernel, the disk and what is trusted.</summary>
internal static class SystemChecks
{
    // A stack's images take about 2 GB, and as much again while they are made.
    private const long LeastSpace = 5_000_000_000;

    private const string SystemBundle = "/etc/ssl/certs/ca-certificates.crt";

    public static IReadOnlyList<Finding> Run(DataDirectory data) => [Kernel(), Cgroups(), Space(data), Bundle()];

    private static Finding Kernel() => Finding.Ok("kernel", File.ReadAllText("/proc/sys/kernel/osrelease").Trim());

    private static Finding Cgroups()
    {
        if (File.Exists("/sys/fs/cgroup/cgroup.controllers"))
            return Finding.Ok("cgroups", "v2");
        return Directory.Exists("/sys/fs/cgroup/memory") && Directory.Exists("/sys/fs/cgroup/pids")
            ? Finding.Ok("cgroups", "v1")
            : Finding.Missing("cgroups", "no memory or pids controller", "boot with cgroup_enable=memory, or mount them: apt-get install cgroupfs-mount");
    }

    private static Finding Space(DataDirectory data)
    {
        var folder = data.Root;
        while (!Directory.Exists(folder))
            folder = Path.GetDirectoryName(folder)!;
        var free = new DriveInfo(folder).AvailableFreeSpace;
        var found = $"{Wording.Size(free)} free at {folder}";
        return free >= LeastSpace
            ? Finding.Ok("disk", found)
            : Finding.Missing("disk", found, $"make room, or choose another place with --data: {Wording.Size(LeastSpace)} are needed");
    }

    private static Finding Bundle()
    {
        var bundle = Environment.GetEnvironmentVariable("SSL_CERT_FILE") is { Length: > 0 } file ? file : SystemBundle;
        return File.Exists(bundle)
            ? Finding.Ok("CA bundle", bundle)
            : Finding.Missing("CA bundle", bundle, "apt-get install ca-certificates, or mend SSL_CERT_FILE");
    }
}
