namespace Slug.Acceptance;

/// <summary>This repository.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string Sample(string name) => Path.Combine(Root, "samples", name);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Slug.sln"))
            ? folder
            : Find(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("the tests do not run inside the repository"));
}
