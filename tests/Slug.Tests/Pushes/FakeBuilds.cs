using System.Collections.Concurrent;
using Slug.Pushes;

namespace Slug.Tests.Pushes;

/// <summary>Builds of which the test decides how they go.</summary>
internal sealed class FakeBuilds
{
    public ConcurrentQueue<Push> Seen { get; } = new();

    public AnswerPush Answer { get; set; } = (_, _) => Accept();

    /// <summary>What a push that is the same as one under way is told.</summary>
    public JoinPush Join { get; set; } = (_, _) => null;

    public IAsyncEnumerable<PushReply>? JoinAsync(Push push, CancellationToken cancellationToken) => Join(push, cancellationToken);

    public IAsyncEnumerable<PushReply> AnswerAsync(Push push, CancellationToken cancellationToken)
    {
        Seen.Enqueue(push);
        return Answer(push, cancellationToken);
    }

    public static IAsyncEnumerable<PushReply> Accept(params string[] lines) =>
        lines.DefaultIfEmpty("-----> Built").Select(PushReply (line) => new PushReply.Line(line)).Append(new PushReply.Accepted()).ToAsyncEnumerable();

    public static IAsyncEnumerable<PushReply> Reject(string line) =>
        new PushReply[] { new PushReply.Line(line), new PushReply.Rejected() }.ToAsyncEnumerable();
}
