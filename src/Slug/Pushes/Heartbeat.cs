using System.Globalization;
using System.Runtime.CompilerServices;

namespace Slug.Pushes;

/// <summary>A visible sign of life in every long silence: proxies drop a connection that is quiet, and people give up on it.</summary>
internal sealed class Heartbeat(TimeSpan interval, TimeProvider time)
{
    /// <summary>The replies, with a line between two of them whenever the interval passes without one.</summary>
    public async IAsyncEnumerable<PushReply> BetweenAsync(
        IAsyncEnumerable<PushReply> replies, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var reply = replies.GetAsyncEnumerator(over.Token);
        var next = Task.FromResult(true);
        try
        {
            while (true)
            {
                next = reply.MoveNextAsync().AsTask();
                while (!await ArrivesInTimeAsync(next))
                    yield return new PushReply.Line($"       … {Words(time.GetElapsedTime(start))}");
                if (!await next)
                    yield break;
                yield return reply.Current;
            }
        }
        finally
        {
            // Who stops listening at a sign of life leaves a reply under way: it has to end before it can be disposed of.
            await over.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> ArrivesInTimeAsync(Task next)
    {
        using var arrived = new CancellationTokenSource();
        var silence = Task.Delay(interval, time, arrived.Token);
        var first = await Task.WhenAny(next, silence);
        await arrived.CancelAsync();
        return first == next;
    }

    private static string Words(TimeSpan elapsed) =>
        elapsed.TotalMinutes < 1
            ? string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds:0}s")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)elapsed.TotalMinutes}m{elapsed.Seconds:00}s");
}
