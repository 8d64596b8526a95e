using System.Diagnostics;
using System.Security.Cryptography;
using Slug.Apps;

namespace Slug.Pushes;

/// <summary>One receive-pack request from its first byte to its report: what its hook was answered, and its turn until it ends.</summary>
internal sealed class PushSession(Guid id, App app, Repository repository, string by) : IAsyncDisposable
{
    private readonly CancellationTokenSource ended = new();
    private readonly Lock gate = new();
    private Task? answering;
    private bool closed;

    public Guid Id => id;

    /// <summary>By which the hook finds its session; nobody can guess it.</summary>
    public string Key { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    public App App => app;

    public Repository Repository => repository;

    /// <summary>Who pushes: a token's name.</summary>
    public string By => by;

    /// <summary>The pack has arrived whole and git has asked for the verdict: from here on, a pusher who hangs up stops nothing.</summary>
    public bool HasBegun => answering is not null;

    /// <summary>Its span, where traces are taken.</summary>
    public Activity? Span { get; init; }

    public PushTurn? Turn { get; set; }

    /// <summary>The command that was built, once it is accepted.</summary>
    public RefCommand? Deployed { get; set; }

    /// <summary>Commands whose refs already stood where they were asked to, by an earlier push.</summary>
    public IReadOnlyList<RefCommand> Fulfilled { get; set; } = [];

    /// <summary>Answers the one hook of this push; null where it was answered before, or the push has ended.</summary>
    public Task? TryAnswer(Func<CancellationToken, Task> answer)
    {
        lock (gate)
            return closed || HasBegun ? null : answering = answer(ended.Token);
    }

    /// <summary>Gives the turn to the next push, once the answer has really ended.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (gate)
            closed = true;
        await ended.CancelAsync();
        await (answering ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Turn?.Dispose();
        ended.Dispose();
    }
}
