using Slug.Commands.Terminals;

namespace Slug.Tests.Commands.Terminals;

internal sealed class WordingTests
{
    [TestCase(0, "0 B")]
    [TestCase(999, "999 B")]
    [TestCase(1000, "1.0 kB")]
    [TestCase(13_400_000, "13.4 MB")]
    [TestCase(160_000_000, "160 MB")]
    [TestCase(999_600, "1.0 MB")]
    [TestCase(2_000_000_000_000_000, "2000 TB")]
    public void A_size_has_three_digits_and_a_unit(long bytes, string expected) => Assert.That(Wording.Size(bytes), Is.EqualTo(expected));

    [TestCase(0.012, "12 ms")]
    [TestCase(1.26, "1.3 s")]
    [TestCase(192, "3 min 12 s")]
    public void A_duration_is_told_as_people_do(double seconds, string expected) =>
        Assert.That(Wording.Duration(TimeSpan.FromSeconds(seconds)), Is.EqualTo(expected));

    [Test]
    public void What_is_not_there_is_an_empty_cell()
    {
        Assert.That(Wording.Duration(null), Is.Empty);
        Assert.That(Wording.Time(null), Is.Empty);
        Assert.That(Wording.Version(null), Is.Empty);
        Assert.That(Wording.Commit(null), Is.Empty);
    }
}
