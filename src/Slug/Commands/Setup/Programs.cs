namespace Slug.Commands.Setup;

/// <summary>Finds programs as a shell does, and where root's are.</summary>
internal static class Programs
{
    private static readonly string[] ofRoot = ["/usr/local/sbin", "/usr/sbin", "/sbin"];

    /// <summary>Null where there is none of that name.</summary>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Concat(ofRoot)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}
