namespace Slug.Content.Tests;

public class ByteSizeTests
{
    [TestCase(2L << 30, ExpectedResult = "2 GB")]
    [TestCase(512L << 20, ExpectedResult = "512 MB")]
    [TestCase(500_000_000, ExpectedResult = "500 MB")]
    [TestCase(612_345_678, ExpectedResult = "612 MB")]
    [TestCase(12_340_000, ExpectedResult = "12.3 MB")]
    [TestCase(212_000, ExpectedResult = "212 KB")]
    [TestCase(7, ExpectedResult = "7 bytes")]
    [TestCase(0, ExpectedResult = "0 bytes")]
    public string A_size_reads_as_people_say_it(long bytes) => ByteSize.InWords(bytes);
}
