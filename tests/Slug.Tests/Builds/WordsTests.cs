using Slug.Builds;

namespace Slug.Tests.Builds;

public class WordsTests
{
    [TestCase(900, ExpectedResult = "15m")]
    [TestCase(75, ExpectedResult = "1m15s")]
    [TestCase(41.4, ExpectedResult = "41s")]
    [TestCase(0.84, ExpectedResult = "0.8s")]
    public string Times_read_as_people_say_them(double seconds) => Words.Of(TimeSpan.FromSeconds(seconds));
}
