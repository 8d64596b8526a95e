using System.Text.Json;

namespace Slug.Content.Tests;

internal sealed class DigestTests
{
    private const string OfNothing = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Test]
    public void A_digest_reads_what_it_writes() =>
        Assert.That(Digest.Parse(OfNothing).ToString(), Is.EqualTo(OfNothing));

    [Test]
    public void The_digest_of_nothing_is_the_known_one() =>
        Assert.That(Digest.Of([]).ToString(), Is.EqualTo(OfNothing));

    [TestCase("sha256:e3b0c442")]
    [TestCase("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [TestCase("sha512:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [TestCase("sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    [TestCase("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8550")]
    [TestCase("sha256:../../../../../../../../../../../../../../../../../../etc/passwd000")]
    [TestCase("")]
    public void Anything_else_is_refused_and_quoted(string text) =>
        Assert.That(() => Digest.Parse(text), Throws.TypeOf<FormatException>().With.Message.Contain($"'{text}'"));

    [Test]
    public void The_default_digest_names_nothing() =>
        Assert.That(() => default(Digest).Hex, Throws.InvalidOperationException);

    [Test]
    public void A_hash_of_another_length_is_refused() =>
        Assert.That(() => Digest.FromHash(new byte[20]), Throws.ArgumentException);

    [Test]
    public void People_see_twelve_digits() =>
        Assert.That(Digest.Of([]).ToShortString(), Is.EqualTo("e3b0c44298fc"));

    [Test]
    public void Digests_are_ordered_by_their_hex()
    {
        var (low, high) = (Digest.Parse("sha256:" + new string('0', 64)), Digest.Parse(OfNothing));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(low, Is.LessThan(high));
            Assert.That(low < high, Is.True);
            Assert.That(low >= high, Is.False);
        }
    }

    [Test]
    public void A_digest_in_JSON_is_its_text() =>
        Assert.That(JsonSerializer.Serialize(Digest.Of([])), Is.EqualTo($"\"{OfNothing}\""));

    [TestCase("\"sha256:12\"")]
    [TestCase("null")]
    public void JSON_that_is_no_digest_is_refused(string json) =>
        Assert.That(() => JsonSerializer.Deserialize<Digest>(json), Throws.TypeOf<JsonException>());
}
