using System.Text.RegularExpressions;

namespace Slug.Stacks;

/// <summary>What every image of a stack has beyond its packages: the user, the app's folder, and for builds the SDK.</summary>
internal static partial class ImageRoot
{
    private const string Sdk = "usr/share/dotnet";

    /// <summary>Adds the stack's user to the accounts and gives it its home.</summary>
    public static void AddUser(SortedDictionary<string, RootEntry> entries, StackUser user)
    {
        Append("etc/passwd", $"{user.Name}:x:{user.Uid}:{user.Uid}:{user.Name}:{user.Home}:/bin/bash\n");
        Append("etc/group", $"{user.Name}:x:{user.Uid}:\n");
        Append("etc/shadow", $"{user.Name}:!:3652::::::\n");
        Append("etc/gshadow", $"{user.Name}:!::\n");
        var home = user.Home.Trim('/');
        entries[home] = RootEntry.Directory(home, Modes.Executable, user.Uid);

        void Append(string path, string line)
        {
            if (entries.TryGetValue(path, out var file) && file.Content is { } content)
                entries[path] = file with { Content = RootContent.Of(content.ReadText() + line) };
        }
    }

    /// <summary>Copies the SDK of this machine, owned by root, without what only changes on use or explains itself to people.</summary>
    public static void AddSdk(SortedDictionary<string, RootEntry> entries, DotnetSdk sdk)
    {
        entries[Sdk] = RootEntry.Directory(Sdk, Modes.Executable);
        foreach (var file in new DirectoryInfo(sdk.Directory).EnumerateFileSystemInfos("*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(sdk.Directory, file.FullName);
            if (!IsLeftOut(path))
                entries[$"{Sdk}/{path}"] = EntryOf($"{Sdk}/{path}", file);
        }
        entries["usr/bin/dotnet"] = RootEntry.Link("usr/bin/dotnet", $"/{Sdk}/dotnet");
    }

    private static bool IsLeftOut(string path) => NotForBuilds().IsMatch(path);

    private static RootEntry EntryOf(string path, FileSystemInfo file) => file switch
    {
        { LinkTarget: { } target } => RootEntry.Link(path, target),
        FileInfo regular => RootEntry.File(path, Rights(regular), RootContent.OfFile(regular)),
        _ => RootEntry.Directory(path, Modes.Executable),
    };

    private static UnixFileMode Rights(FileInfo file) =>
        file.UnixFileMode.HasFlag(UnixFileMode.UserExecute) ? Modes.Executable : Modes.Readable;

    // Workload records change on use; the rest is translations, tools for people, and documentation that no compiler reads.
    [GeneratedRegex("""
        \A(?:
          metadata(?:/.*)?
        | .*\.resources\.dll
        | packs/.*/ref/.*\.xml
        | sdk/[^/]+/DotnetTools/dotnet-(?:watch|format)(?:/.*)?
        | sdk/[^/]+/TestHostNetFramework(?:/.*)?
        )\z
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex NotForBuilds();
}
