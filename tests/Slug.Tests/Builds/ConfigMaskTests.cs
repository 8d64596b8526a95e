using Slug.Builds;

namespace Slug.Tests.Builds;

public class ConfigMaskTests
{
    [TestCase("token is s3cr3t-token!", "token is ****!")]
    [TestCase("s3cr3t-tokens3cr3t-token", "****")]
    [TestCase("\e[31ms3cr3t-token\e[0m", "\e[31m****\e[0m")]
    [TestCase("S3CR3T-TOKEN", "S3CR3T-TOKEN")]
    [TestCase("nothing here", "nothing here")]
    public void A_value_is_hidden_wherever_it_stands(string line, string expected) =>
        Assert.That(ConfigMask.Of(["s3cr3t-token"]).Apply(line), Is.EqualTo(expected));

    [Test]
    public void Of_a_value_with_several_lines_each_long_one_is_hidden()
    {
        var mask = ConfigMask.Of(["-----BEGIN KEY-----\r\nMIIEvQIBADANBg\nshort\n-----END KEY-----\n"]);
        Assert.That(mask.Apply("  MIIEvQIBADANBg"), Is.EqualTo("  ****"));
        Assert.That(mask.Apply("-----BEGIN KEY-----"), Is.EqualTo("****"));
        Assert.That(mask.Apply("short"), Is.EqualTo("short"));
    }

    [Test]
    public void A_value_of_fewer_than_eight_characters_is_left() =>
        Assert.That(ConfigMask.Of(["1234567", "12345678"]).Apply("1234567 12345678"), Is.EqualTo("1234567 ****"));

    [Test]
    public void Of_values_that_overlap_or_hold_each_other_nothing_is_left() =>
        Assert.That(ConfigMask.Of(["abcdefgh", "efghijkl", "https://abcdefgh@host"]).Apply("abcdefghijkl https://abcdefgh@host"), Is.EqualTo("**** ****"));
}
