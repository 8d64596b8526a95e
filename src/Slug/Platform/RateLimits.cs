namespace Slug.Platform;

/// <summary>How often each token may ask: a bucket that an hour fills. Heroku's figure, so that clients behave as they do there.</summary>
internal sealed class RateLimits(TimeProvider time)
{
    public const int PerHour = 4500;

    private readonly Lock gate = new();
    private readonly Dictionary<string, (double Left, DateTimeOffset At)> buckets = [];

    /// <summary>Counts a request. Gives how many the token has left, this one among them; 0 where it has none.</summary>
    public int Take(string token)
    {
        lock (gate)
        {
            var left = LeftOf(token);
            buckets[token] = (Math.Max(left - 1, 0), time.GetUtcNow());
            return (int)left;
        }
    }

    private double LeftOf(string token)
    {
        if (!buckets.TryGetValue(token, out var bucket))
            return PerHour;
        return Math.Min(bucket.Left + ((time.GetUtcNow() - bucket.At).TotalHours * PerHour), PerHour);
    }
}
