using System.Net;

namespace Slug.Tokens;

/// <summary>
/// Slows who offers wrong tokens down: each answer comes later than the one before, by address and by token.
/// Good tokens are never slowed, so that nobody locks anybody out.
/// </summary>
internal sealed class FailedAttempts(TimeProvider time)
{
    private const int Free = 3;
    private const int Most = 10_000;
    private const int MostWaiting = 64;

    private static readonly TimeSpan first = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan longest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan forgotten = TimeSpan.FromMinutes(15);

    private readonly Lock gate = new();
    private readonly Dictionary<string, (int Count, DateTimeOffset Last)> failures = [];
    private int waiting;

    /// <summary>Waits as long as this failure deserves. False where too many wait: the answer is then given at once, and says so.</summary>
    public async Task<bool> SlowAsync(IPAddress? address, Token token, CancellationToken cancellationToken)
    {
        var delay = DelayOf(address, token);
        if (delay == TimeSpan.Zero)
            return true;
        try
        {
            if (Interlocked.Increment(ref waiting) > MostWaiting)
                return false;
            await Task.Delay(delay, time, cancellationToken);
            return true;
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    /// <summary>Counts one more failure, and gives how long its answer has to wait.</summary>
    public TimeSpan DelayOf(IPAddress? address, Token token)
    {
        lock (gate)
            return LongerOf(DelayOf($"{address}"), DelayOf(token.Hash));
    }

    private TimeSpan DelayOf(string who)
    {
        var now = time.GetUtcNow();
        if (failures.Count >= Most)
            Forget(now);
        var (count, last) = failures.GetValueOrDefault(who);
        count = now - last > forgotten ? 1 : count + 1;
        failures[who] = (count, now);
        return count <= Free ? TimeSpan.Zero : ShorterOf(longest, first * Math.Pow(2, Math.Min(count - Free - 1, 16)));
    }

    // Who comes with thousands of addresses is not stopped here; what is kept of them is bounded.
    private void Forget(DateTimeOffset now)
    {
        foreach (var old in failures.Where(failure => now - failure.Value.Last > forgotten).Select(failure => failure.Key).ToList())
            failures.Remove(old);
        if (failures.Count >= Most)
            failures.Clear();
    }

    private static TimeSpan LongerOf(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan ShorterOf(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
