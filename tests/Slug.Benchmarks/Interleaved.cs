namespace Slug.Benchmarks;

/// <summary>Medians in milliseconds.</summary>
internal sealed record Medians(double Ours, double Floor)
{
    public double Ratio => Ours / Floor;
}

/// <summary>Does a round of one's own work, then one of the floor's: what the machine does meanwhile meets both.</summary>
internal static class Interleaved
{
    private const int WarmUps = 1;

    /// <summary>Which of the two goes first changes from round to round.</summary>
    public static async Task<Medians> MeasureAsync(int rounds, Func<int, Task<TimeSpan>> ours, Func<int, Task<TimeSpan>> floor)
    {
        var (mine, theirs) = (new List<double>(), new List<double>());
        for (var round = -WarmUps; round < rounds; round++)
        {
            (Func<int, Task<TimeSpan>> Work, List<double> Times)[] both = [(ours, mine), (floor, theirs)];
            foreach (var (work, times) in round % 2 == 0 ? both : both.Reverse())
            {
                var taken = await work(round);
                if (round >= 0)
                    times.Add(taken.TotalMilliseconds);
            }
        }

        return new(MedianOf(mine), MedianOf(theirs));
    }

    /// <summary>Each round does the floor's work and then one's own, which builds on it.</summary>
    public static async Task<Medians> MeasureInOrderAsync(int rounds, Func<int, Task<TimeSpan>> floor, Func<int, Task<TimeSpan>> ours)
    {
        var (mine, theirs) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            theirs.Add((await floor(round)).TotalMilliseconds);
            mine.Add((await ours(round)).TotalMilliseconds);
        }

        return new(MedianOf(mine), MedianOf(theirs));
    }

    public static Medians MediansOf(List<TimeSpan> ours, List<TimeSpan> floor) =>
        new(MedianOf(ours.ConvertAll(taken => taken.TotalMilliseconds)), MedianOf(floor.ConvertAll(taken => taken.TotalMilliseconds)));

    private static double MedianOf(List<double> times)
    {
        times.Sort();
        return times.Count % 2 == 1 ? times[times.Count / 2] : (times[(times.Count / 2) - 1] + times[times.Count / 2]) / 2;
    }
}
