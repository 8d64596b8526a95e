using System.Net;
using System.Net.Sockets;
using Slug.Engines;
using Slug.Hosting;

namespace Slug.Acceptance.Engines;

[Parallelizable]
internal sealed class When_a_build_uses_the_network
{
    [Test, CancelAfter(120_000)]
    public async Task Should_not_reach_this_machine_by_any_of_its_addresses(CancellationToken token)
    {
        await using var bench = await EngineBench.OpenAsync(token);
        await EnsureAsync(bench, token);
        using var listener = new TcpListener(IPAddress.Any, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var gateway = (await bench.Engine.Networks.FindAsync(bench.Network.Name, token))!.IPAM!.Config![0].Gateway!;

        var attempts = ((string[])[gateway, .. OwnAddresses()]).Select(address => $"{Connect(address, port)} & ");
        var ending = await bench.RunAsync(string.Concat(attempts) + "wait", token, bench.Network.Name);

        Assert.That(ending.Output, Is.Empty);
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_not_reach_its_neighbour(CancellationToken token)
    {
        await using var bench = await EngineBench.OpenAsync(token);
        await EnsureAsync(bench, token);
        var neighbour = await bench.CreateAsync("exec python3 -m http.server 8000", token, bench.Network.Name);
        await bench.Engine.Containers.StartAsync(neighbour, token);
        var address = (await bench.Engine.Containers.FindAsync(neighbour, token))!.NetworkSettings.Networks![bench.Network.Name].IPAddress;

        var ending = await bench.RunAsync(Connect(address, 8000), token, bench.Network.Name);

        Assert.That(ending.Output, Is.Empty);
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_be_set_up_twice_without_a_second_rule_and_leave_nothing(CancellationToken token)
    {
        string instance;
        await using (var bench = await EngineBench.OpenAsync(token))
        {
            instance = bench.Instance;
            await EnsureAsync(bench, token);
            await EnsureAsync(bench, token);
            Assert.That((await RulesAsync(token)).Count(rule => rule.EndsWith("-j SLUG-" + instance, StringComparison.Ordinal)), Is.EqualTo(2));
        }

        Assert.That((await RulesAsync(token)).Where(rule => rule.Contains(instance, StringComparison.Ordinal)), Is.Empty);
    }

    private static async Task EnsureAsync(EngineBench bench, CancellationToken token)
    {
        var warning = await bench.Network.EnsureAsync(NetworkPolicy.OfThisMachine([]), token);
        Assert.That(warning, Is.Null, "the packet filter is not in place; run as root, with iptables installed");
    }

    private static string Connect(string address, int port) =>
        $"timeout 2 bash -c 'exec 3<>/dev/tcp/{address}/{port} && echo reached {address}'";

    private static async Task<string[]> RulesAsync(CancellationToken token) =>
        (await new ChildProcess("iptables", "-S").RunAsync(token)).Output.Split('\n');

    private static IEnumerable<string> OwnAddresses() => Dns.GetHostAddresses(Dns.GetHostName())
        .Where(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address))
        .Select(address => address.ToString());
}
