using Slug.Bootstrap;
using Slug.Commands.Testing;

namespace Slug.Tests.Bootstrap;

public class TestLineTests
{
    [Test]
    public void A_summary_is_counted() =>
        Assert.That(
            TestLine.Read("remote:        Passed!  - Failed:     0, Passed:   136, Skipped:     2, Total:   138, Duration: 23 s - Slug.Content.Tests.dll (net10.0)"),
            Is.EqualTo(new TestTally(136, 0, 2)));

    [Test]
    public void Other_lines_count_nothing() => Assert.That(TestLine.Read("remote: -----> Publishing slug"), Is.EqualTo(TestTally.None));
}
