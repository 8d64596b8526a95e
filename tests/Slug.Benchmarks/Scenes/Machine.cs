namespace Slug.Benchmarks.Scenes;

/// <summary>What is measured: the published program, and the repository that it was built from.</summary>
internal static class Machine
{
    public static string Root { get; } = Environment.GetEnvironmentVariable("SLUG_ROOT") ?? Above(AppContext.BaseDirectory);

    /// <summary>What users run.</summary>
    public static string Program { get; } = Environment.GetEnvironmentVariable("SLUG_PROGRAM") ?? Path.Combine(Root, "artifacts", "slug", "slug");

    public static string Sample(string name) => Path.Combine(Root, "samples", name);

    public static string Buildpack(string name) => Path.Combine(Root, "buildpacks", name);

    private static string Above(string folder) =>
        File.Exists(Path.Combine(folder, "Slug.sln"))
            ? folder
            : Above(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("the benchmarks do not run inside the repository"));
}
