using Slug.Hosting;

namespace Slug.Engines;

/// <summary>The packet filter rules of one instance's bridge: a chain of its own, and a jump to it wherever its packets pass.</summary>
internal sealed class Firewall(string bridge, string chain)
{
    // The engine promises to leave DOCKER-USER alone and asks it first; an engine that does not know it filters in FORWARD.
    private const string Forwarded = "DOCKER-USER";
    private const string Plain = "FORWARD";
    private const string ToHost = "INPUT";

    /// <summary>Sets the rules, whatever was there before.</summary>
    /// <exception cref="FirewallException">iptables is missing or refuses.</exception>
    public async Task EnsureAsync(NetworkPolicy policy, CancellationToken cancellationToken)
    {
        await ReplaceChainAsync(policy, cancellationToken);
        await EnsureJumpAsync(ToHost, cancellationToken);
        await EnsureJumpAsync(await ForwardChainAsync(cancellationToken), cancellationToken);
    }

    /// <summary>Takes the rules away, as far as they are there.</summary>
    /// <exception cref="FirewallException">iptables is missing.</exception>
    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        foreach (var from in (string[])[ToHost, Forwarded, Plain])
            while ((await IptablesAsync(["-D", .. Jump(from)], cancellationToken)).Succeeded)
                continue;
        await IptablesAsync(["-F", chain], cancellationToken);
        await IptablesAsync(["-X", chain], cancellationToken);
    }

    private async Task ReplaceChainAsync(NetworkPolicy policy, CancellationToken cancellationToken)
    {
        // Naming the chain empties it; the whole text takes effect at once, so there is no moment without rules.
        string[] lines = ["*filter", $":{chain} - [0:0]", .. policy.ToRules(chain), "COMMIT", ""];
        var restore = new ChildProcess("iptables-restore", "--noflush", "--wait", "10") { Input = string.Join('\n', lines) };
        Check(await RunAsync(restore, cancellationToken));
    }

    private async Task EnsureJumpAsync(string from, CancellationToken cancellationToken)
    {
        if (!(await IptablesAsync(["-C", .. Jump(from)], cancellationToken)).Succeeded)
            Check(await IptablesAsync(["-I", .. Jump(from)], cancellationToken));
    }

    private static async Task<string> ForwardChainAsync(CancellationToken cancellationToken) =>
        (await IptablesAsync(["-n", "-L", Forwarded], cancellationToken)).Succeeded ? Forwarded : Plain;

    private string[] Jump(string from) => [from, "-i", bridge, "-j", chain];

    private static Task<ChildResult> IptablesAsync(string[] arguments, CancellationToken cancellationToken) =>
        RunAsync(new("iptables", ["--wait", "10", .. arguments]), cancellationToken);

    private static async Task<ChildResult> RunAsync(ChildProcess program, CancellationToken cancellationToken)
    {
        try
        {
            return await program.RunAsync(cancellationToken);
        }
        catch (ProgramNotStartedException exception)
        {
            throw FirewallException.Missing(exception);
        }
    }

    private static void Check(ChildResult result)
    {
        if (!result.Succeeded)
            throw FirewallException.Refused(result.Error.Trim());
    }
}

/// <summary>Builds run, and nothing keeps them from this machine's own ports.</summary>
internal sealed class FirewallException(string message, Exception? cause = null) : Exception(message, cause)
{
    public static FirewallException Missing(Exception cause) =>
        new("SLUG7010: the program 'iptables' is missing, so builds can reach this machine's ports and its private network; "
            + "install it: apt-get install iptables", cause);

    public static FirewallException Refused(string reason) =>
        new($"SLUG7011: iptables refuses the rules for builds ('{reason}'), so builds can reach this machine's ports and its private network; "
            + "run as root on a kernel with netfilter");
}
