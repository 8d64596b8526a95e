using Slug.Engines.Wire;

namespace Slug.Engines;

/// <summary>The network that an instance's containers share: neighbours do not see each other, and the host is out of reach.</summary>
internal sealed class BuildNetwork(DockerEngine engine, string instance)
{
    /// <summary>The kernel allows 15 characters for an interface: an instance has 8.</summary>
    private string Bridge => "slug" + instance;

    private Firewall Firewall => new(Bridge, "SLUG-" + instance);

    public string Name => "slug-" + instance;

    /// <summary>Makes the network and its packet filter rules where they are missing.</summary>
    /// <returns>What the operator must know: why the packet filter is not in place; null where it is.</returns>
    /// <exception cref="EngineException">The engine does not make the network.</exception>
    public async Task<string?> EnsureAsync(NetworkPolicy policy, CancellationToken cancellationToken)
    {
        // Rules first: there is no moment in which the bridge is up without them.
        var warning = await TryFirewallAsync(() => Firewall.EnsureAsync(policy, cancellationToken));
        if (await engine.Networks.FindAsync(Name, cancellationToken) is null)
            await engine.Networks.CreateAsync(Spec(), cancellationToken);
        return warning;
    }

    /// <summary>Removes both; containers on the network must be gone.</summary>
    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        await engine.Networks.RemoveAsync(Name, cancellationToken);
        await TryFirewallAsync(() => Firewall.RemoveAsync(cancellationToken));
    }

    private static async Task<string?> TryFirewallAsync(Func<Task> change)
    {
        try
        {
            await change();
            return null;
        }
        catch (FirewallException exception)
        {
            return exception.Message;
        }
    }

    private NetworkSpec Spec() => new()
    {
        Name = Name,
        Labels = new Dictionary<string, string> { ["slug"] = instance },
        Options = new Dictionary<string, string>
        {
            ["com.docker.network.bridge.name"] = Bridge,
            ["com.docker.network.bridge.enable_icc"] = "false",
        },
    };
}
