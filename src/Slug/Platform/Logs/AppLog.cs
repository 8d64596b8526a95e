using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Slug.Apps;
using Slug.Builds;
using Slug.Hosting;

namespace Slug.Platform.Logs;

/// <summary>An app's log, made of its events and of the logs of its builds when somebody reads it.</summary>
internal sealed class AppLog(EventFeed events, BuildStore builds, BuildLogs logs, Database database, TimeProvider time)
{
    /// <summary>The last lines, and where it is asked for all that come; a null where nothing comes for a while.</summary>
    public async IAsyncEnumerable<AppLogLine?> ReadAsync(App app, AppLogWish wish, TimeSpan quiet, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var place = new Place(time.GetUtcNow(), await events.BeforeLastAsync(app.Name, wish.Lines, cancellationToken));
        foreach (var line in await LastAsync(app, wish, place, cancellationToken))
            yield return line;
        if (!wish.Tail)
            yield break;
        var coming = Channel.CreateBounded<AppLogLine>(256);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pumps = Task.WhenAll(PumpEventsAsync(app, place, coming.Writer, ending.Token), PumpBuildsAsync(app, place, coming.Writer, ending.Token));
        try
        {
            while (true)
            {
                var line = await NextAsync(coming.Reader, quiet, cancellationToken);
                if (line is null || wish.Wants(line))
                    yield return line;
            }
        }
        finally
        {
            await ending.CancelAsync();
            await pumps.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<AppLogLine?> NextAsync(ChannelReader<AppLogLine> coming, TimeSpan quiet, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(quiet, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await coming.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    // Of the builds the newest, as many as it takes.
    private async Task<IEnumerable<AppLogLine>> LastAsync(App app, AppLogWish wish, Place place, CancellationToken cancellationToken)
    {
        var found = new List<AppLogLine>();
        await foreach (var happened in events.ReadAsync(app.Name, place.Event, follow: false, Timeout.InfiniteTimeSpan, cancellationToken))
        {
            place.Event = happened!.Id;
            found.AddRange(Wanted(AppLogLine.Of(happened), wish));
        }

        var ofBuilds = 0;
        foreach (var build in await builds.ListAsync(app, cancellationToken))
        {
            if (ofBuilds >= wish.Lines && build.FinishedAt is not null)
                break;
            var last = new Queue<AppLogLine>();
            var count = 0;
            await foreach (var line in logs.ReadAsync(build.Id, 0, follow: false, cancellationToken))
            {
                count++;
                foreach (var wanted in Wanted(new(line.At, AppLogLine.Build, line.Text), wish))
                    last.Enqueue(wanted);
                if (last.Count > wish.Lines)
                    last.Dequeue();
            }

            place.Lines[build.Id] = count;
            ofBuilds += last.Count;
            found.AddRange(last);
        }

        return found.OrderBy(line => line.At).TakeLast(wish.Lines);
    }

    private static IEnumerable<AppLogLine> Wanted(AppLogLine? line, AppLogWish wish) => line is not null && wish.Wants(line) ? [line] : [];

    private async Task PumpEventsAsync(App app, Place place, ChannelWriter<AppLogLine> lines, CancellationToken cancellationToken)
    {
        await foreach (var happened in events.ReadAsync(app.Name, place.Event, follow: true, TimeSpan.FromMinutes(5), cancellationToken))
            if (happened is not null && AppLogLine.Of(happened) is { } line)
                await lines.WriteAsync(line, cancellationToken);
    }

    private async Task PumpBuildsAsync(App app, Place place, ChannelWriter<AppLogLine> lines, CancellationToken cancellationToken)
    {
        var followed = new Dictionary<Guid, Task>();
        try
        {
            while (true)
            {
                var next = database.NextWrite;
                foreach (var build in await builds.ListSinceAsync(app, place.Start, cancellationToken))
                    if (!followed.ContainsKey(build))
                        followed[build] = PumpBuildAsync(build, place.Lines.GetValueOrDefault(build), lines, cancellationToken);
                await next.WaitAsync(cancellationToken);
            }
        }
        finally
        {
            await Task.WhenAll(followed.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PumpBuildAsync(Guid build, int from, ChannelWriter<AppLogLine> lines, CancellationToken cancellationToken)
    {
        await foreach (var line in logs.ReadAsync(build, from, follow: true, cancellationToken))
            await lines.WriteAsync(new(line.At, AppLogLine.Build, line.Text), cancellationToken);
    }

    /// <summary>How far a reader has read.</summary>
    private sealed class Place(DateTimeOffset start, long last)
    {
        public DateTimeOffset Start => start;

        public long Event { get; set; } = last;

        public Dictionary<Guid, int> Lines { get; } = [];
    }
}
