using System.Globalization;
using Slug.Hosting;

namespace Slug.Remotes;

/// <summary>Makes git programs that speak to one host, at the addresses that were looked at, and follow nothing that it says elsewhere.</summary>
internal sealed class RemoteGit(GitTransport transport, RemoteOptions options)
{
    /// <summary>Characters of git's own words that are told.</summary>
    private const int Told = 300;

    /// <summary>Runs git with access to the host of a URL; the URL itself is among the arguments.</summary>
    /// <exception cref="RemoteException">The host is out of bounds, or git ended with an error.</exception>
    public async Task<string> RunAsync(RemoteUrl url, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var more = await transport.SettingsAsync(url.Target, url.Credentials, cancellationToken);
        var result = await Command(arguments, more, url.Target.Scheme).RunAsync(cancellationToken);
        return result.Succeeded ? result.Output : throw RemoteException.GitFailed(url.ToString(), Reason(url, result.Error));
    }

    /// <summary>Runs git on what is here, where it cannot fail but by a fault of ours.</summary>
    public async Task<string> RunLocalAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var result = await Local(arguments).RunAsync(cancellationToken);
        return result.Succeeded ? result.Output : throw new IOException($"git {arguments[0]} exited with {result.ExitCode}: {result.Error.Trim()}");
    }

    /// <summary>A git program that speaks to nobody.</summary>
    public ChildProcess Local(params IReadOnlyList<string> arguments) => Command(arguments, [], "none");

    private ChildProcess Command(IReadOnlyList<string> arguments, IReadOnlyList<KeyValuePair<string, string>> more, string protocol)
    {
        var environment = new Dictionary<string, string>
        {
            ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
            ["HOME"] = "/nonexistent",
            ["LC_ALL"] = "C",
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            ["GIT_ATTR_NOSYSTEM"] = "1",
            ["GIT_TERMINAL_PROMPT"] = "0",
            ["GIT_ALLOW_PROTOCOL"] = protocol,
        };
        foreach (var (index, (name, value)) in settings.Concat(more).Index())
        {
            environment[Invariant($"GIT_CONFIG_KEY_{index}")] = name;
            environment[Invariant($"GIT_CONFIG_VALUE_{index}")] = value;
            environment["GIT_CONFIG_COUNT"] = Invariant($"{index + 1}");
        }

        return new("prlimit", ["--as=2147483648", "--cpu=300", Invariant($"--fsize={options.Limit}"), "--core=0", "git", .. arguments])
        {
            Environment = environment,
            WorkingDirectory = "/",
            OwnSession = true,
        };
    }

    private static readonly KeyValuePair<string, string>[] settings =
    [
        new("core.hooksPath", "/dev/null"),
        new("core.bigFileThreshold", "1m"),
        new("credential.helper", ""),
        new("fetch.recurseSubmodules", "false"),
        new("gc.auto", "0"),
        new("transfer.fsckObjects", "true"),
        // Found in old, honest histories.
        new("fetch.fsck.badTimezone", "ignore"),
        new("fetch.fsck.missingSpaceBeforeDate", "ignore"),
        new("fetch.fsck.zeroPaddedFilemode", "ignore"),
    ];

    // git's last line is its reason; the lines before are the way there.
    private static string Reason(RemoteUrl url, string error)
    {
        var line = error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .LastOrDefault(line => line.StartsWith("fatal:", StringComparison.Ordinal)) ?? error.Trim();
        return url.Redact(line.Length > Told ? line[..Told] : line);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
