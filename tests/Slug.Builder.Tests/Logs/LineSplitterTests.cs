using System.Text;
using Slug.Builder.Logs;

namespace Slug.Builder.Tests.Logs;

internal sealed class LineSplitterTests
{
    private readonly LineSplitter splitter = new();

    [TestCase("", "")]
    [TestCase("a\nb\n", "a|b")]
    [TestCase("a\r\nb", "a|b")]
    [TestCase("\n\n", "|")]
    [TestCase("50%\r100%\n", "50%\r100%")]
    [TestCase("no end", "no end")]
    public void Bytes_become_lines(string text, string lines) =>
        Assert.That(string.Join('|', All(Encoding.UTF8.GetBytes(text))), Is.EqualTo(lines));

    [Test]
    public void A_line_comes_whole_however_it_was_written()
    {
        var lines = "häl".Concat("lo\nx").SelectMany(letter => splitter.Add(Encoding.UTF8.GetBytes([letter]))).ToList();

        Assert.That(lines, Is.EqualTo((string[])["hällo"]));
        Assert.That(splitter.Rest(), Is.EqualTo((string[])["x"]));
    }

    [Test]
    public void A_character_may_come_in_two_pieces()
    {
        var bytes = "€\n"u8.ToArray();

        Assert.That(splitter.Add(bytes.AsSpan(0, 1)), Is.Empty);
        Assert.That(splitter.Add(bytes.AsSpan(1)), Is.EqualTo((string[])["€"]));
    }

    [Test]
    public void What_is_not_UTF_8_is_replaced() =>
        Assert.That(All([(byte)'a', 0xFF, (byte)'b', (byte)'\n']), Is.EqualTo((string[])["a\uFFFDb"]));

    [Test]
    public void A_line_of_the_greatest_length_stays_whole() =>
        Assert.That(All(Encoding.UTF8.GetBytes(new string('x', 10_000) + "\n")), Is.EqualTo((string[])[new string('x', 10_000)]));

    [Test]
    public void A_longer_line_is_cut() =>
        Assert.That(All(Encoding.UTF8.GetBytes(new string('x', 25_000) + "\ny\n")).Select(line => line.Length), Is.EqualTo((int[])[10_000, 10_000, 5_000, 1]));

    [TestCase("é")]
    [TestCase("€")]
    [TestCase("🐌")]
    public void No_cut_falls_into_a_character(string character)
    {
        var text = "x" + string.Concat(Enumerable.Repeat(character, 6_000));

        Assert.That(string.Concat(All(Encoding.UTF8.GetBytes(text))), Is.EqualTo(text));
    }

    private List<string> All(byte[] bytes) => [.. splitter.Add(bytes), .. splitter.Rest()];
}
