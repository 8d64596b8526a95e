using System.Diagnostics;
using Slug.Apps;
using Slug.Hosting;

namespace Slug.Pushes;

/// <summary>A new commit for an app's deploy branch, not yet accepted: its objects are in quarantine until it is.</summary>
internal sealed record Push
{
    /// <summary>Also the build's id: <c>refs/slug/builds/ID</c> holds the commit for ever.</summary>
    public required Guid Id { get; init; }

    public required App App { get; init; }

    /// <summary>Who asked for it: a token's name.</summary>
    public string By { get; init; } = Events.Itself;

    public required string Branch { get; init; }

    /// <summary>Where the branch stood; zero for its first push.</summary>
    public required ObjectId OldCommit { get; init; }

    public required ObjectId NewCommit { get; init; }

    public required Repository Repository { get; init; }

    /// <summary>Null where the push brought no object that the repository lacked.</summary>
    public required Quarantine? Quarantine { get; init; }

    /// <summary>Null of what was pushed here.</summary>
    public Origin? Origin { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public PushWishes Wishes { get; init; } = new();

    /// <summary>The wishes as they were given.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>Where it stands in the trace of who pushes.</summary>
    public ActivityContext Trace { get; init; }

    /// <summary>True where both become the same: the commit, its branch and what was asked for.</summary>
    public bool IsSameAs(Push other) =>
        App.Id == other.App.Id && Wishes.IsTest == other.Wishes.IsTest && Wishes.Verifies == other.Wishes.Verifies && Branch == other.Branch && NewCommit == other.NewCommit && Options.SequenceEqual(other.Options);
}

/// <summary>Builds a push and says how it goes. The last reply is the verdict.</summary>
internal delegate IAsyncEnumerable<PushReply> AnswerPush(Push push, CancellationToken cancellationToken);

/// <summary>What a push that is the same as one under way is told: all that the other was told and will be. Null where there is none.</summary>
internal delegate IAsyncEnumerable<PushReply>? JoinPush(Push push, CancellationToken cancellationToken);
