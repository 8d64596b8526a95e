namespace Slug.Tests;

/// <summary>The source tree that the tests were built from.</summary>
internal static class Checkout
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Slug.sln")) ? folder : Find(Path.GetDirectoryName(folder)!);
}
