using Slug.Apps;

namespace Slug.Pushes;

/// <summary>A new commit for an app's deploy branch, not yet accepted: its objects are in quarantine until it is.</summary>
internal sealed record Push
{
    /// <summary>Also the build's id: <c>refs/slug/builds/ID</c> holds the commit for ever.</summary>
    public required Guid Id { get; init; }

    public required App App { get; init; }

    public required string Branch { get; init; }

    /// <summary>Where the branch stood; zero for its first push.</summary>
    public required ObjectId OldCommit { get; init; }

    public required ObjectId NewCommit { get; init; }

    public required Repository Repository { get; init; }

    /// <summary>Null where the push brought no object that the repository lacked.</summary>
    public required Quarantine? Quarantine { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public PushWishes Wishes { get; init; } = new();
}

/// <summary>Builds a push and says how it goes. The last reply is the verdict.</summary>
internal delegate IAsyncEnumerable<PushReply> AnswerPush(Push push, CancellationToken cancellationToken);
