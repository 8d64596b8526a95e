namespace Slug.Droplets.Bills;

/// <summary>Reads the packages that a file names.</summary>
internal delegate IEnumerable<Package> ReadPackages(byte[] file);

/// <summary>The files of a droplet that say what it is made of, by their names.</summary>
internal static class Lockfiles
{
    // What packages themselves brought: their lockfiles are about their development.
    private static readonly string[] foreign = ["node_modules", "vendor", ".git"];

    private static readonly Dictionary<string, ReadPackages> readers = new()
    {
        ["package-lock.json"] = NpmLockfile.Read,
        ["npm-shrinkwrap.json"] = NpmLockfile.Read,
        ["yarn.lock"] = YarnLockfile.Read,
        ["pnpm-lock.yaml"] = PnpmLockfile.Read,
        ["packages.lock.json"] = NuGetLockfile.Read,
        ["requirements.txt"] = PythonLockfiles.ReadRequirements,
        ["Pipfile.lock"] = PythonLockfiles.ReadPipfile,
        ["poetry.lock"] = PythonLockfiles.ReadPoetry,
        ["uv.lock"] = PythonLockfiles.ReadPoetry,
        ["Gemfile.lock"] = GemLockfile.Read,
        ["go.mod"] = GoModules.ReadRequirements,
        ["go.sum"] = GoModules.ReadSums,
        ["pom.xml"] = MavenProject.Read,
        ["composer.lock"] = ComposerLockfile.Read,
    };

    /// <summary>What reads the file of that path; null where it is none of them.</summary>
    public static ReadPackages? ReaderOf(string path)
    {
        var parts = path.Split('/');
        if (parts.SkipLast(1).Any(foreign.Contains))
            return null;
        if (parts is [.., "dpkg", "status.d", _])
            return DebianStatus.Read;
        if (parts is [.., var folder, "METADATA"] && folder.EndsWith(".dist-info", StringComparison.Ordinal))
            return PythonLockfiles.ReadInstalled;
        return readers.GetValueOrDefault(parts[^1]) ?? (parts[^1].EndsWith(".deps.json", StringComparison.Ordinal) ? NuGetLockfile.ReadPublished : null);
    }

    /// <summary>The file names only what the app asked for, not what that needs in turn.</summary>
    public static bool IsPartial(string path) => path.EndsWith("/pom.xml", StringComparison.Ordinal) || path.EndsWith("/requirements.txt", StringComparison.Ordinal);
}
