using Slug.Apps;
using Slug.Sources.Submodules;

namespace Slug.Tests.Sources.Submodules;

public class SubmoduleAddressTests
{
    private static readonly SubmoduleAddress app = new SubmoduleAddress.OfApp(AppName.Parse("web"));
    private static readonly SubmoduleAddress host = new SubmoduleAddress.OfHost(new("https://example.org/team/web.git"));

    [TestCase("../lib.git", "lib")]
    [TestCase("../lib", "lib")]
    [TestCase(".././lib.git/", "lib")]
    [TestCase("./../lib.git", "lib")]
    public void Beside_an_app_stands_another_app(string url, string name) =>
        Assert.That(app.Resolve(url), Is.EqualTo(new SubmoduleAddress.OfApp(AppName.Parse(name))));

    [TestCase("../../lib.git")]
    [TestCase("./lib.git")]
    [TestCase("../a/b.git")]
    [TestCase("../.git")]
    [TestCase("../slug/status")]
    [TestCase("../Upper.git")]
    public void Elsewhere_on_this_host_is_nothing(string url) => Assert.That(app.Resolve(url), Is.Null);

    [TestCase("../lib.git", "https://example.org/team/lib.git")]
    [TestCase("../../lib.git", "https://example.org/lib.git")]
    [TestCase("./lib.git", "https://example.org/team/web.git/lib.git")]
    [TestCase("../../other/lib", "https://example.org/other/lib")]
    public void Beside_a_repository_of_another_host_stands_one_of_that_host(string url, string expected) =>
        Assert.That(host.Resolve(url)?.ToString(), Is.EqualTo(expected));

    [TestCase("git@example.org:team/lib.git", "https://example.org/team/lib.git")]
    [TestCase("me@Example.org:/team/lib", "https://example.org/team/lib")]
    [TestCase("ssh://git@example.org/team/lib.git", "https://example.org/team/lib.git")]
    [TestCase("ssh://git@example.org:7999/team/lib.git", "https://example.org/team/lib.git")]
    public void The_same_host_by_ssh_is_asked_as_the_repository_was(string url, string expected) =>
        Assert.That(host.Resolve(url)?.ToString(), Is.EqualTo(expected));

    [TestCase("git@example.com:team/lib.git")]
    [TestCase("ssh://git@example.org.evil.example/lib.git")]
    [TestCase("ssh://example.org/lib.git")]
    [TestCase("git@example.org")]
    [TestCase("git@evil.example:x@example.org:lib.git")]
    public void Another_host_by_ssh_is_nothing(string url) => Assert.That(host.Resolve(url), Is.Null);

    [Test]
    public void Above_another_host_is_nothing() => Assert.That(host.Resolve("../../../lib.git"), Is.Null);

    [TestCase("https://example.org/lib.git")]
    [TestCase("http://example.org:8080/lib.git")]
    public void An_http_address_is_taken_as_it_is(string url) => Assert.That(app.Resolve(url)?.ToString(), Is.EqualTo(url));

    [TestCase("file:///etc")]
    [TestCase("/srv/git/lib.git")]
    [TestCase("git@example.org:team/lib.git")]
    [TestCase("ssh://git@example.org/lib.git")]
    [TestCase("git://example.org/lib.git")]
    [TestCase("ext::sh -c touch% /tmp/x")]
    [TestCase("https://user:secret@example.org/lib.git")]
    [TestCase("--upload-pack=touch /tmp/x")]
    [TestCase("lib.git")]
    [TestCase("")]
    public void Nothing_else_is_fetched(string url) => Assert.That(app.Resolve(url), Is.Null);
}
