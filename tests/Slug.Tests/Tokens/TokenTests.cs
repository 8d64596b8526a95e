using Slug.Tokens;

namespace Slug.Tests.Tokens;

public class TokenTests
{
    [Test]
    public void A_token_is_long_and_never_the_same() =>
        Assert.That(Enumerable.Range(0, 100).Select(_ => Token.Create().Reveal()).Distinct().Count(token => token.Length > 40), Is.EqualTo(100));

    [Test]
    public void A_token_does_not_show_itself_by_accident()
    {
        var token = Token.Create();
        Assert.That($"{token}", Does.Not.Contain(token.Reveal()[4..]));
    }

    [Test]
    public void What_is_offered_is_known_by_its_hash()
    {
        var token = Token.Create();
        Assert.That(Token.TryRead(token.Reveal(), out var offered), Is.True);
        Assert.That(offered.Hash, Is.EqualTo(token.Hash));
    }

    [TestCase(null)]
    [TestCase("")]
    public void Nothing_is_no_token(string? offered) => Assert.That(Token.TryRead(offered, out _), Is.False);
}
