namespace Slug.Sources.Archives;

/// <summary>One entry of an uploaded tar, as far as a source cares.</summary>
internal sealed record ArchiveEntry
{
    public required string Name { get; init; }

    public required ArchiveEntryKind Kind { get; init; }

    /// <summary>What a link leads to; empty for what is none.</summary>
    public required string Target { get; init; }

    /// <summary>Its owner may run it.</summary>
    public required bool IsExecutable { get; init; }

    /// <summary>Bytes of contents.</summary>
    public required long Length { get; init; }
}

/// <summary>The types of entries (POSIX pax, "ustar Interchange Format").</summary>
internal enum ArchiveEntryKind
{
    File,
    Folder,
    SymbolicLink,
    HardLink,
    Other,
}
