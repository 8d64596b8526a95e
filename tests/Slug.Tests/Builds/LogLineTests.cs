using Slug.Builds;
using Slug.Content.Wire;

namespace Slug.Tests.Builds;

public class LogLineTests
{
    [Test]
    public void A_line_comes_back_as_it_was_stored([Values] LogSource source, [Values("", "a  b ", "1 o x")] string text)
    {
        var line = new LogLine(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123), source, text);
        Assert.That(LogLine.FromStored(line.ToStored()), Is.EqualTo(line));
    }

    [TestCase("")]
    [TestCase("17")]
    [TestCase("17 o")]
    [TestCase("x o text")]
    public void A_line_that_a_crash_cut_short_is_shown_as_it_is(string stored) =>
        Assert.That(LogLine.FromStored(stored).Text, Is.EqualTo(stored));
}
