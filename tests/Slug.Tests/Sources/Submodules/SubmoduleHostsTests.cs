using System.Net;
using Slug.Sources;
using Slug.Sources.Submodules;

namespace Slug.Tests.Sources.Submodules;

public class SubmoduleHostsTests
{
    [TestCase("93.184.216.34", true)]
    [TestCase("2606:2800:220:1::1", true)]
    [TestCase("127.0.0.1", false)]
    [TestCase("::1", false)]
    [TestCase("::", false)]
    [TestCase("0.0.0.0", false)]
    [TestCase("10.0.0.1", false)]
    [TestCase("172.31.0.1", false)]
    [TestCase("192.168.1.1", false)]
    [TestCase("100.64.0.1", false)]
    [TestCase("169.254.169.254", false)]
    [TestCase("224.0.0.1", false)]
    [TestCase("255.255.255.255", false)]
    [TestCase("fd00::1", false)]
    [TestCase("fe80::1", false)]
    [TestCase("::ffff:127.0.0.1", false)]
    [TestCase("::ffff:93.184.216.34", true)]
    [TestCase("64:ff9b::7f00:1", false)]
    [TestCase("2002:7f00:1::", false)]
    public void Only_public_addresses_are_open(string address, bool open) =>
        Assert.That(new SubmoduleHosts(new()).IsOpen(IPAddress.Parse(address)), Is.EqualTo(open));

    [Test]
    public void What_the_operator_allows_is_open_too()
    {
        var hosts = new SubmoduleHosts(new() { Allow = "10.1.0.0/16, 127.0.0.0/8" });

        Assert.That(hosts.IsOpen(IPAddress.Parse("10.1.2.3")));
        Assert.That(hosts.IsOpen(IPAddress.Parse("::ffff:127.0.0.1")));
        Assert.That(hosts.IsOpen(IPAddress.Parse("10.2.0.1")), Is.False);
    }

    [TestCase("localhost")]
    [TestCase("127.0.0.1")]
    [TestCase("[::1]")]
    [TestCase("no-such-host.invalid")]
    [CancelAfter(20_000)]
    public async Task A_host_with_no_open_address_has_none(string host, CancellationToken cancellationToken) =>
        Assert.That(await new SubmoduleHosts(new()).FindAsync(host, cancellationToken), Is.Empty);

    [TestCase("10.0.0.0/8", true)]
    [TestCase("", true)]
    [TestCase("10.0.0.0/8,localhost", false)]
    public void A_list_of_ranges_holds_nothing_else(string allow, bool valid) =>
        Assert.That(!new SourceOptions { Allow = allow }.ReadAllowed().Contains(null), Is.EqualTo(valid));
}
