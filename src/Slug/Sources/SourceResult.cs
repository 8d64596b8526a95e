namespace Slug.Sources;

/// <summary>Whether a push holds a source that can be built.</summary>
internal abstract record SourceResult
{
    private SourceResult()
    {
    }

    /// <summary>It does. Notes and warnings are for the pusher, a line each.</summary>
    internal sealed record Read(Source Source, IReadOnlyList<string> Notes, IReadOnlyList<string> Warnings) : SourceResult;

    /// <summary>It does not, and the message says why: the app's fault.</summary>
    internal sealed record Refused(string Message) : SourceResult;
}
