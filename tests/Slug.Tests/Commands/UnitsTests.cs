using Slug.Commands;

namespace Slug.Tests.Commands;

internal sealed class UnitsTests
{
    [TestCase("1", 1)]
    [TestCase("512M", 512L << 20)]
    [TestCase("2g", 2L << 30)]
    [TestCase("2GiB", 2L << 30)]
    [TestCase("500MB", 500_000_000)]
    [TestCase("1.5k", 1536)]
    [TestCase("10 MB", 10_000_000)]
    [TestCase("64b", 64)]
    public void A_size_is_read_in_its_unit(string text, long bytes)
    {
        Assert.That(Units.TryReadSize(text, out var size), Is.True);
        Assert.That(size, Is.EqualTo(bytes));
    }

    [TestCase("")]
    [TestCase("0")]
    [TestCase("-1")]
    [TestCase("G")]
    [TestCase("2X")]
    [TestCase("2GG")]
    [TestCase("999999999999999T")]
    public void What_is_no_size_is_refused(string text) => Assert.That(Units.TryReadSize(text, out _), Is.False);

    [TestCase("90s", "00:01:30")]
    [TestCase("15m", "00:15:00")]
    [TestCase("1h30m", "01:30:00")]
    [TestCase("36h", "1.12:00:00")]
    public void A_time_is_read_in_its_units(string text, string expected)
    {
        Assert.That(Units.TryReadDuration(text, out var duration), Is.True);
        Assert.That(duration.ToString("c"), Is.EqualTo(expected));
    }

    [TestCase("")]
    [TestCase("15")]
    [TestCase("0s")]
    [TestCase("30m1h")]
    [TestCase("-5m")]
    public void What_is_no_time_is_refused(string text) => Assert.That(Units.TryReadDuration(text, out _), Is.False);
}
