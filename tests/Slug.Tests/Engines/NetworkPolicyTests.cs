using System.Net;
using Slug.Engines;

namespace Slug.Tests.Engines;

internal sealed class NetworkPolicyTests
{
    private readonly string file = Path.GetTempFileName();

    [TearDown]
    public void RemoveFile() => File.Delete(file);

    [Test]
    public void Name_servers_are_read_and_those_of_the_loopback_are_not_asked()
    {
        File.WriteAllText(file, "# words\nsearch example\nnameserver 10.1.2.3\nnameserver\t192.168.0.1 \nnameserver ::1\nnameserver 127.0.0.53\nnameserver\n");

        Assert.That(NetworkPolicy.ReadResolvers("/nonexistent", file), Is.EqualTo([IPAddress.Parse("10.1.2.3"), IPAddress.Parse("192.168.0.1")]));
    }

    [Test]
    public void The_next_list_is_read_when_the_first_names_the_loopback_alone()
    {
        var local = Path.GetTempFileName();
        File.WriteAllText(local, "nameserver 127.0.0.53\n");
        File.WriteAllText(file, "nameserver 10.1.2.3\n");

        Assert.That(NetworkPolicy.ReadResolvers(local, file), Is.EqualTo([IPAddress.Parse("10.1.2.3")]));

        File.Delete(local);
    }

    [Test]
    public void Exceptions_come_before_what_is_closed()
    {
        var policy = new NetworkPolicy { Resolvers = [IPAddress.Parse("10.1.2.3")], Allowed = [IPNetwork.Parse("10.9.0.0/16")] };

        var rules = policy.ToRules("SLUG-x").ToList();

        Assert.That(rules[0], Does.EndWith("RELATED,ESTABLISHED -j RETURN"));
        Assert.That(rules[1..4], Is.EqualTo(
        [
            "-A SLUG-x -d 10.1.2.3 -p udp --dport 53 -j RETURN",
            "-A SLUG-x -d 10.1.2.3 -p tcp --dport 53 -j RETURN",
            "-A SLUG-x -d 10.9.0.0/16 -j RETURN",
        ]));
        Assert.That(rules[4..], Is.All.EndsWith("-j DROP"));
        Assert.That(rules, Does.Contain("-A SLUG-x -m addrtype --dst-type LOCAL -j DROP"));
    }

    [TestCase("10.0.0.0/8")]
    [TestCase("172.16.0.0/12")]
    [TestCase("192.168.0.0/16")]
    [TestCase("169.254.0.0/16")]
    [TestCase("100.64.0.0/10")]
    [TestCase("224.0.0.0/4")]
    public void Ranges_that_are_not_the_internet_are_closed(string range) =>
        Assert.That(new NetworkPolicy().ToRules("C"), Does.Contain($"-A C -d {range} -j DROP"));
}
