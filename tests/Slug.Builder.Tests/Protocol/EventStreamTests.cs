using System.Text;
using System.Threading.Channels;
using Slug.Builder.Protocol;
using Slug.Content.Wire;

namespace Slug.Builder.Tests.Protocol;

[CancelAfter(60_000)]
internal sealed class EventStreamTests
{
    private readonly Channel<BuildEvent> events = Channel.CreateUnbounded<BuildEvent>();

    [Test]
    public async Task An_event_is_one_line_of_JSON()
    {
        var body = new FlushCounter();
        Add("a\u001b[0m\n\"b\"");
        events.Writer.Complete();

        await EventStream.WriteAsync(events.Reader, body, default);

        Assert.That(
            Encoding.UTF8.GetString(body.ToArray()),
            Is.EqualTo("""{"type":"log","source":"out","text":"a\u001B[0m\n\u0022b\u0022","at":"1980-01-01T00:00:01+00:00"}""" + "\n"));
    }

    [Test]
    public async Task A_flood_goes_out_in_large_pieces()
    {
        var body = new FlushCounter();
        for (var number = 0; number < 10_000; number++)
            Add($"line {number}");
        events.Writer.Complete();

        await EventStream.WriteAsync(events.Reader, body, default);

        Assert.That(body.Flushes, Is.InRange(1, 60));
    }

    [Test]
    public async Task A_lone_line_is_flushed_while_the_stream_stays_open()
    {
        var body = new FlushCounter();
        using var stop = new CancellationTokenSource();
        var writing = EventStream.WriteAsync(events.Reader, body, stop.Token);
        Add("alone");

        Assert.That(() => body.Flushes, Is.EqualTo(1).After(60_000, 5));
        await stop.CancelAsync();
        Assert.That(async () => await writing, Throws.InstanceOf<OperationCanceledException>());
    }

    private void Add(string text) =>
        events.Writer.TryWrite(new LogEvent { At = DateTimeOffset.FromUnixTimeSeconds(315_532_801), Source = LogSource.Out, Text = text });

    private sealed class FlushCounter : MemoryStream
    {
        public int Flushes { get; private set; }

        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            Flushes++;
            return Task.CompletedTask;
        }
    }
}
