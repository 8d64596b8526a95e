using Slug.Platform;
using Slug.Tests.Pushes;

namespace Slug.Tests.Platform;

internal sealed class RateLimitsTests
{
    [Test]
    public void Who_asks_too_often_has_none_left_and_gets_75_back_in_a_minute()
    {
        var time = new FakeTime();
        var limits = new RateLimits(time);
        var given = Enumerable.Range(0, RateLimits.PerHour + 1).Select(_ => limits.Take("busy")).ToList();
        Assert.That(given, Is.EqualTo(Enumerable.Range(0, RateLimits.PerHour + 1).Select(asked => RateLimits.PerHour - asked)));
        Assert.That(limits.Take("quiet"), Is.EqualTo(RateLimits.PerHour));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.That(limits.Take("busy"), Is.EqualTo(75));
    }
}
