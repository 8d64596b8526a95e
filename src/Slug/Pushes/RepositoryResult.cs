using Slug.Apps;

namespace Slug.Pushes;

/// <summary>What stands behind the first segment of a git URL.</summary>
internal abstract record RepositoryResult
{
    private RepositoryResult()
    {
    }

    internal sealed record Found(App App, Repository Repository) : RepositoryResult;

    /// <summary>No repository; the message is for the pusher.</summary>
    internal sealed record Refused(string Message) : RepositoryResult;
}
