using System.Formats.Tar;

namespace Slug.Stacks;

/// <summary>A file, directory or symbolic link of a root file system.</summary>
/// <param name="Path">Without a leading or closing slash: <c>usr/bin/bash</c>.</param>
/// <param name="Type">Directory, RegularFile or SymbolicLink: a hard link is a file whose content another name has too.</param>
internal sealed record RootEntry(string Path, TarEntryType Type)
{
    public required UnixFileMode Mode { get; init; }

    public int Uid { get; init; }

    public int Gid { get; init; }

    /// <summary>What a symbolic link points at; empty otherwise.</summary>
    public string Target { get; init; } = "";

    /// <summary>A file's bytes. Hard links of one file share one content object.</summary>
    public RootContent? Content { get; init; }

    public static RootEntry Directory(string path, UnixFileMode mode, int owner = 0) =>
        new(path, TarEntryType.Directory) { Mode = mode, Uid = owner, Gid = owner };

    public static RootEntry Link(string path, string target) =>
        new(path, TarEntryType.SymbolicLink) { Mode = Modes.Everything, Target = target };

    public static RootEntry File(string path, UnixFileMode mode, RootContent content) =>
        new(path, TarEntryType.RegularFile) { Mode = mode, Content = content };

    /// <summary>The same kind, rights, owner, target and bytes.</summary>
    public bool IsSameAs(RootEntry other) =>
        (Path, Type, Mode, Uid, Gid, Target) == (other.Path, other.Type, other.Mode, other.Uid, other.Gid, other.Target)
        && RootContent.AreEqual(Content, other.Content);
}

/// <summary>Rights in common use.</summary>
internal static class Modes
{
    public const UnixFileMode Everything = (UnixFileMode)0b111_111_111;
    public const UnixFileMode Executable = (UnixFileMode)0b111_101_101;
    public const UnixFileMode Readable = (UnixFileMode)0b110_100_100;
}
