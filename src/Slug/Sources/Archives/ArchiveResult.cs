using Slug.Pushes;

namespace Slug.Sources.Archives;

/// <summary>What came of an uploaded archive.</summary>
internal abstract record ArchiveResult
{
    private ArchiveResult()
    {
    }

    /// <summary>All of it is in the repository, as this commit.</summary>
    internal sealed record Imported(ObjectId Commit) : ArchiveResult;

    /// <summary>It cannot be a source, and the message says why: the uploader's fault.</summary>
    internal sealed record Refused(string Message) : ArchiveResult;
}
