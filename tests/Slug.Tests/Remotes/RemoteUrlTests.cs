using Slug.Remotes;

namespace Slug.Tests.Remotes;

internal sealed class RemoteUrlTests
{
    [TestCase("https://example.org/a/b.git", "https://example.org/a/b.git")]
    [TestCase("https://example.org:8443/a", "https://example.org:8443/a")]
    [TestCase("https://user:secret@example.org/a.git", "https://…@example.org/a.git")]
    [TestCase("https://token@example.org/a.git", "https://…@example.org/a.git")]
    [TestCase("https://example.org/a.tgz?signature=secret", "https://example.org/a.tgz?…")]
    [TestCase("HTTP://EXAMPLE.org/", "http://example.org/")]
    public void It_is_written_out_without_what_may_be_secret(string text, string shown) =>
        Assert.That(Of(text).ToString(), Is.EqualTo(shown));

    [TestCase("ssh://git@example.org/a")]
    [TestCase("git://example.org/a")]
    [TestCase("file:///etc/passwd")]
    [TestCase("ftp://example.org/a")]
    [TestCase("ext::sh -c id")]
    [TestCase("/etc/passwd")]
    [TestCase("https://")]
    [TestCase("https:///a")]
    public void Nothing_but_the_web_is_an_address(string text) => Assert.That(RemoteUrl.TryParse(text, out _), Is.False);

    [Test]
    public void The_user_is_asked_for_apart()
    {
        var url = Of("https://me%40home:pass%2Fword@example.org/a");
        Assert.That(url.Target.AbsoluteUri, Is.EqualTo("https://example.org/a"));
        Assert.That(url.Credentials, Is.EqualTo(new Credentials("me@home", "pass/word")));
    }

    [TestCase("https://2130706433/a", "127.0.0.1")]
    [TestCase("https://0x7f.1/a", "127.0.0.1")]
    [TestCase("https://[::ffff:127.0.0.1]/a", "::ffff:127.0.0.1")]
    public void A_host_in_disguise_is_seen_through(string text, string host) => Assert.That(Of(text).Target.IdnHost, Is.EqualTo(host));

    [Test]
    public void Who_does_not_know_the_password_names_something_else() =>
        Assert.That(Of("https://example.org/a").Key, Is.Not.EqualTo(Of("https://me:secret@example.org/a").Key));

    [Test]
    public void A_query_is_taken_out_of_what_others_say() =>
        Assert.That(Of("https://example.org/a?t=secret").Redact("cannot read https://example.org/a?t=secret/info"), Does.Not.Contain("secret"));

    [Test]
    public void Credentials_say_nothing_of_themselves() => Assert.That($"{new Credentials("me", "secret")}", Is.EqualTo("…"));

    private static RemoteUrl Of(string text) => RemoteUrl.TryParse(text, out var url) ? url : throw new AssertionException($"'{text}' is no address");
}
