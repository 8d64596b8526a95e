using System.Threading.Channels;
using Slug.Pushes;

namespace Slug.Tests.Pushes;

[CancelAfter(60_000)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class HeartbeatTests
{
    private readonly FakeTime time = new();
    private readonly Channel<PushReply> replies = Channel.CreateUnbounded<PushReply>();

    [Test]
    public async Task A_line_shows_life_whenever_15_seconds_pass_in_silence()
    {
        await using var shown = Shown();
        var first = shown.MoveNextAsync();

        time.Advance(TimeSpan.FromSeconds(14));
        Assert.That(first.IsCompleted, Is.False);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await first, Is.True);
        Assert.That(shown.Current, Is.EqualTo(new PushReply.Line("       … 15s")));

        var second = shown.MoveNextAsync();
        time.Advance(TimeSpan.FromSeconds(75));
        await second;
        Assert.That(shown.Current, Is.EqualTo(new PushReply.Line("       … 1m30s")));
    }

    [Test]
    public async Task What_is_said_passes_at_once_and_the_end_ends()
    {
        replies.Writer.TryWrite(new PushReply.Line("a"));
        replies.Writer.Complete();

        await using var shown = Shown();

        Assert.That(await shown.MoveNextAsync(), Is.True);
        Assert.That(shown.Current, Is.EqualTo(new PushReply.Line("a")));
        Assert.That(await shown.MoveNextAsync(), Is.False);
    }

    [Test]
    public async Task A_line_starts_the_silence_anew()
    {
        await using var shown = Shown();
        var first = shown.MoveNextAsync();
        time.Advance(TimeSpan.FromSeconds(14));
        replies.Writer.TryWrite(new PushReply.Line("a"));
        await first;
        var second = shown.MoveNextAsync();

        time.Advance(TimeSpan.FromSeconds(14));

        Assert.That(second.IsCompleted, Is.False);
        replies.Writer.Complete();
        Assert.That(await second, Is.False);
    }

    [Test]
    public async Task Who_stops_listening_in_a_silence_ends_what_would_be_said()
    {
        var shown = Shown();
        var first = shown.MoveNextAsync();
        time.Advance(TimeSpan.FromSeconds(15));
        await first;

        await shown.DisposeAsync();

        Assert.That(replies.Writer.TryWrite(new PushReply.Line("nobody listens")), Is.True);
    }

    [Test]
    public async Task A_failure_of_what_is_said_comes_through()
    {
        replies.Writer.Complete(new InvalidOperationException("a bug"));
        await using var shown = Shown();

        Assert.That(async () => await shown.MoveNextAsync(), Throws.InvalidOperationException);
    }

    private IAsyncEnumerator<PushReply> Shown() =>
        new Heartbeat(TimeSpan.FromSeconds(15), time).BetweenAsync(replies.Reader.ReadAllAsync(), CancellationToken.None).GetAsyncEnumerator();
}
