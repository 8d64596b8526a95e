using System.Globalization;

namespace Slug.Stacks;

/// <summary>Puts the time since the start before each line.</summary>
internal sealed class TimedProgress(IProgress<string> inner, TimeProvider time) : IProgress<string>
{
    private readonly long started = time.GetTimestamp();

    public void Report(string value) =>
        inner.Report(string.Create(CultureInfo.InvariantCulture, $"{time.GetElapsedTime(started).TotalSeconds,6:0.0} s  {value}"));
}
