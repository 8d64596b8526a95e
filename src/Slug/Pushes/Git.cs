using System.Globalization;
using Slug.Hosting;

namespace Slug.Pushes;

/// <summary>Makes the git programs we run: with our settings, an environment of our own, and limits that the kernel holds.</summary>
internal sealed class Git(PushOptions options, DataDirectory data)
{
    private readonly string hooks = HookFile.Directory();

    /// <summary>A git command on a repository; its arguments may hold nothing of a stranger that could be read as an option.</summary>
    public ChildProcess Command(Repository repository, params IReadOnlyList<string> arguments) =>
        Limited(repository, [$"--git-dir={repository.Directory}", .. arguments]);

    /// <summary>The same with the objects of a push that has not been accepted yet.</summary>
    public ChildProcess Command(Repository repository, Quarantine? quarantine, params IReadOnlyList<string> arguments)
    {
        var command = Command(repository, arguments);
        if (quarantine is null || !quarantine.Exists)
            return command;
        return command with
        {
            Environment = new Dictionary<string, string>(command.Environment!)
            {
                ["GIT_OBJECT_DIRECTORY"] = quarantine.Directory,
                ["GIT_ALTERNATE_OBJECT_DIRECTORIES"] = Quoted(repository.Objects),
            },
        };
    }

    /// <summary>The program behind one of smart HTTP's requests (gitprotocol-http).</summary>
    public ChildProcess Serve(Repository repository, GitService service, string? protocol, params IReadOnlyList<string> arguments)
    {
        var command = Limited(repository, [service.Command, "--stateless-rpc", .. arguments, repository.Directory]);
        var environment = new Dictionary<string, string>(command.Environment!);
        if (protocol is not null)
            environment["GIT_PROTOCOL"] = protocol;
        return command with { Environment = environment, OwnSession = true };
    }

    /// <summary>The program that receives a push; its hook finds us by the key.</summary>
    public ChildProcess Receive(Repository repository, string? protocol, string key)
    {
        var command = Serve(repository, GitService.ReceivePack, protocol);
        return command with
        {
            Environment = new Dictionary<string, string>(command.Environment!)
            {
                ["SLUG_PUSH"] = key,
                ["SLUG_HOOK"] = data.HookSocket,
            },
        };
    }

    private ChildProcess Limited(Repository repository, IReadOnlyList<string> arguments) =>
        new("prlimit",
        [
            Invariant($"--as={options.GitMemory}"),
            Invariant($"--cpu={(long)options.GitProcessor.TotalSeconds}"),
            // A pack is completed with what its deltas stand on, so it may grow beyond what was sent.
            Invariant($"--fsize={2 * options.Limit}"),
            "--core=0",
            "git",
            .. arguments,
        ])
        {
            Environment = GitSettings.Environment(repository, options, hooks),
            WorkingDirectory = "/",
        };

    // The variable holds a list with colons between; a quoted entry may hold one.
    private static string Quoted(string path) => $"\"{path.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
