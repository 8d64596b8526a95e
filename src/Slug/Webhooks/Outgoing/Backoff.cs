namespace Slug.Webhooks.Outgoing;

/// <summary>How long a delivery that failed waits: twice as long each time, up to an hour, and never as long as its neighbours.</summary>
internal static class Backoff
{
    /// <summary>From its event, or from when it was asked for again.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    public static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>Of the whole, to either side.</summary>
    public const double Jitter = 0.2;

    /// <param name="attempts">That were made; 1 or more.</param>
    /// <param name="asked">What the receiver asked for (Retry-After), where it did.</param>
    public static TimeSpan After(int attempts, TimeSpan? asked)
    {
        var wait = Math.Min(First.TotalSeconds * Math.Pow(2, attempts - 1), Longest.TotalSeconds);
        var spread = TimeSpan.FromMilliseconds(Math.Round(wait * (1 - Jitter + (2 * Jitter * Random.Shared.NextDouble())) * 1000));
        return asked is { } least && least > spread ? TimeSpan.FromTicks(Math.Min(least.Ticks, Longest.Ticks)) : spread;
    }

    /// <summary>When a delivery that failed is tried again; null where its day is over.</summary>
    public static DateTimeOffset? Next(DateTimeOffset now, DateTimeOffset queuedAt, int attempts, TimeSpan? asked)
    {
        var last = queuedAt + Lifetime;
        if (now >= last)
            return null;
        var next = now + After(attempts, asked);
        return next < last ? next : last;
    }
}
