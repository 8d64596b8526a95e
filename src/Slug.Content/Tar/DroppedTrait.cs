namespace Slug.Content.Tar;

/// <summary>Something of a file that no layer keeps, and that the file may not work without.</summary>
/// <param name="Path">Relative to the tree.</param>
/// <param name="Name">An extended attribute's name, or <c>setuid</c> or <c>setgid</c>.</param>
public sealed record DroppedTrait(string Path, string Name)
{
    private const int SetUserId = 0x800;
    private const int SetGroupId = 0x400;

    /// <summary>The bit that a program would run with as somebody else. Folders have it for other reasons, and do without.</summary>
    internal static string? OfMode(int mode) =>
        (mode & SetUserId) != 0 ? "setuid" : (mode & SetGroupId) != 0 ? "setgid" : null;

    /// <summary>Not of those that the machine itself gives to each file, as SELinux does.</summary>
    internal static bool IsTold(string attribute) =>
        attribute is "security.capability" || attribute.StartsWith("user.", StringComparison.Ordinal) || attribute.StartsWith("system.posix_acl", StringComparison.Ordinal);
}
