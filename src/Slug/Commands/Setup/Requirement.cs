namespace Slug.Commands.Setup;

/// <summary>Something that the machine must have, and the Debian package that brings it.</summary>
internal sealed record Requirement(string Package, Func<bool> IsMet)
{
    public static Requirement Program(string name, string package) => new(package, () => Programs.Find(name) is not null);

    public static Requirement File(string package, params IReadOnlyList<string> paths) => new(package, () => paths.Any(System.IO.File.Exists));

    /// <summary>What a machine needs to receive pushes, build stacks and run builds.</summary>
    public static IEnumerable<Requirement> All()
    {
        yield return Program("git", "git");
        yield return Program("dockerd", "docker.io");
        yield return Program("iptables", "iptables");
        yield return Program("mmdebstrap", "mmdebstrap");
        yield return Program("curl", "curl");
        yield return File("debian-archive-keyring", "/usr/share/keyrings/debian-archive-keyring.gpg");
        yield return File("ca-certificates", "/etc/ssl/certs/ca-certificates.crt");
        yield return File("libsqlite3-0", Libraries("libsqlite3.so.0"));
        yield return File("libzstd1", Libraries("libzstd.so.1"));
        if (AppArmorIsOn())
            yield return Program("apparmor_parser", "apparmor");
    }

    private static string[] Libraries(string name) =>
        [.. ((string[])["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib", "/usr/lib64"]).Select(folder => Path.Combine(folder, name))];

    // The engine refuses to start containers where the kernel has it and its parser is missing.
    private static bool AppArmorIsOn()
    {
        const string enabled = "/sys/module/apparmor/parameters/enabled";
        return System.IO.File.Exists(enabled) && System.IO.File.ReadAllText(enabled).StartsWith('Y');
    }
}
