using System.Net;
using Slug.Remotes;

namespace Slug.Tests.Remotes;

[CancelAfter(60_000)]
internal sealed class RemoteHostsTests
{
    [TestCase("127.0.0.1")]
    [TestCase("0.0.0.0")]
    [TestCase("10.1.2.3")]
    [TestCase("172.16.0.1")]
    [TestCase("192.168.1.1")]
    [TestCase("100.64.0.1")]
    [TestCase("169.254.169.254")]
    [TestCase("224.0.0.1")]
    [TestCase("255.255.255.255")]
    [TestCase("::1")]
    [TestCase("::")]
    [TestCase("fe80::1")]
    [TestCase("fd00::1")]
    [TestCase("ff02::1")]
    [TestCase("64:ff9b::7f00:1")]
    [TestCase("2002:7f00:1::")]
    [TestCase("2001:db8::1")]
    public void What_is_not_public_is_closed(string address) => Assert.That(RemoteHosts.IsPublic(IPAddress.Parse(address)), Is.False);

    [TestCase("93.184.216.34")]
    [TestCase("172.32.0.1")]
    [TestCase("2606:2800:220:1::1")]
    public void What_is_public_is_open(string address) => Assert.That(RemoteHosts.IsPublic(IPAddress.Parse(address)), Is.True);

    [TestCase("127.0.0.1")]
    [TestCase("::1")]
    [TestCase("::ffff:10.0.0.1")]
    [TestCase("localhost")]
    public void A_closed_host_is_refused_by_its_address(string host) =>
        Assert.That(() => Find(host), Throws.InstanceOf<RemoteException>().With.Message.Contains("SLUG2211").And.Message.Contains("--fetch-allow"));

    [Test]
    public async Task What_the_operator_allows_is_open_also_without_TLS() =>
        Assert.That(await Find("::ffff:127.0.0.1", allow: "127.0.0.0/8", secure: false), Is.EqualTo((IPAddress[])[IPAddress.Loopback]));

    [Test]
    public void A_public_host_is_asked_by_TLS_alone() =>
        Assert.That(() => Find("93.184.216.34", secure: false), Throws.InstanceOf<RemoteException>().With.Message.Contains("SLUG2212"));

    [Test]
    public void A_host_that_is_not_found_may_be_found_later() =>
        Assert.That(() => Find("no-such-host.invalid"), Throws.InstanceOf<RemoteException>().With.Message.Contains("SLUG2210").And.Property("MayPass").True);

    [TestCase("10.0.0.0/8,nonsense", 1L, "nonsense")]
    [TestCase("", 0L, "--buildpack-limit")]
    public void An_option_that_cannot_be_is_named(string allow, long limit, string words) =>
        Assert.That(new RemoteOptions { Allow = allow, Limit = limit }.Mistakes().Single(), Does.Contain(words).And.StartWith("SLUG9020"));

    private static Task<IReadOnlyList<IPAddress>> Find(string host, string allow = "", bool secure = true) =>
        new RemoteHosts(new RemoteOptions { Allow = allow }).FindAsync(host, secure, TestContext.CurrentContext.CancellationToken);
}
