using Microsoft.AspNetCore.Http;
using Slug.Hosting;
using Slug.Tests.Commands;
using Slug.Tests.Pushes;

namespace Slug.Tests.Hosting;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SignedLinksTests : IDisposable
{
    private readonly ScratchFolder folder = new();
    private readonly FakeTime time = new();
    private readonly SignedLinks links;

    public SignedLinksTests()
    {
        links = new(new(folder.In("data")), time);
        Directory.CreateDirectory(folder.In("data"));
        links.Ensure();
    }

    [Test]
    public void An_address_opens_what_it_names_with_its_method_until_it_expires()
    {
        var target = TargetOf("/sources/1?x=y");
        Assert.That(links.Opens("PUT", target), Is.True);
        Assert.That(links.Opens("GET", target), Is.False);
        time.Advance(TimeSpan.FromSeconds(59));
        Assert.That(links.Opens("PUT", target), Is.True);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(links.Opens("PUT", target), Is.False);
    }

    [Test]
    public void An_address_that_is_asked_for_again_soon_is_the_same()
    {
        time.Advance(TimeSpan.FromSeconds(1));
        var first = TargetOf("/sources/1");
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(TargetOf("/sources/1"), Is.EqualTo(first));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(TargetOf("/sources/1"), Is.Not.EqualTo(first));
    }

    [Test]
    public void Nobody_makes_one_up()
    {
        var target = TargetOf("/sources/1");
        Assert.That(links.Opens("PUT", target.Replace("/1", "/2", StringComparison.Ordinal)), Is.False);
        Assert.That(links.Opens("PUT", target.Replace("expires=", "expires=9", StringComparison.Ordinal)), Is.False);
        Assert.That(links.Opens("PUT", target[..^1] + (target[^1] == '0' ? '1' : '0')), Is.False);
        Assert.That(links.Opens("PUT", target + "&expires=99999999999"), Is.False);
        Assert.That(links.Opens("PUT", "/sources/1"), Is.False);
        Assert.That(links.Opens("PUT", "/sources/1?signature="), Is.False);
        Assert.That(links.Opens("PUT", "/sources/1?expires=99999999999&signature="), Is.False);
    }

    [Test]
    public void An_address_outlives_the_service_and_not_its_key()
    {
        var target = TargetOf("/sources/1");
        Assert.That(new SignedLinks(new(folder.In("data")), time).Opens("PUT", target), Is.True);
        var key = folder.In("data/link.key");
        Assert.That(File.GetUnixFileMode(key), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        File.WriteAllText(key, "0123\n");
        Assert.That(() => new SignedLinks(new(folder.In("data")), time).Ensure(), Throws.InstanceOf<InvalidDataDirectoryException>().With.Message.StartsWith("SLUG6150"));
    }

    public void Dispose() => folder.Dispose();

    private string TargetOf(string target)
    {
        var http = new DefaultHttpContext();
        (http.Request.Scheme, http.Request.Host) = ("http", new("slug.test:81"));
        var link = links.To(http, "PUT", target, TimeSpan.FromMinutes(1));
        Assert.That(link, Does.StartWith($"http://slug.test:81{target}"));
        return link["http://slug.test:81".Length..];
    }
}
