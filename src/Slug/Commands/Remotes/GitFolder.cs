using Slug.Hosting;

namespace Slug.Commands.Remotes;

/// <summary>git, in a folder. Environment null is this process's own.</summary>
internal sealed class GitFolder(string path, IReadOnlyDictionary<string, string>? environment)
{
    public string Path => path;

    /// <summary>What git prints.</summary>
    /// <exception cref="CommandException">git says no; the message quotes it.</exception>
    public async Task<string> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var result = await TryAsync(arguments, cancellationToken);
        return result.Succeeded ? result.Output.Trim() : throw Refused(arguments, result.ExitCode, result.Error);
    }

    /// <summary>For what git may say no to.</summary>
    public Task<ChildResult> TryAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        Git(arguments).RunAsync(cancellationToken);

    /// <summary>Shows each line that git writes as it comes.</summary>
    public async Task ShowAsync(IReadOnlyList<string> arguments, Action<string> show, CancellationToken cancellationToken)
    {
        await using var child = Git(arguments).Start();
        child.Input.Close();
        var output = LiveLines.ReadAsync(child.Output, show, cancellationToken);
        var error = LiveLines.ReadAsync(child.Error, show, cancellationToken);
        var exitCode = await child.WaitAsync(cancellationToken);
        await Task.WhenAll(output, error);
        if (exitCode != 0)
            throw CommandException.Failure(Words(arguments, exitCode, "see above"));
    }

    private ChildProcess Git(IReadOnlyList<string> arguments) =>
        new("git", arguments) { WorkingDirectory = path, Environment = environment };

    private CommandException Refused(IReadOnlyList<string> arguments, int exitCode, string reason) =>
        CommandException.User(Words(arguments, exitCode, reason));

    private string Words(IReadOnlyList<string> arguments, int exitCode, string reason) =>
        $"SLUG8030: 'git {string.Join(' ', arguments)}' in '{path}' ended with {exitCode}: {reason.Trim()}";
}
