using Slug.Commands.Setup;
using Slug.Hosting;
using Slug.Stacks;

namespace Slug.Commands.Checks;

/// <summary>The programs that Slug starts.</summary>
internal static class ProgramChecks
{
    public static async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken) =>
    [
        Sdk(),
        await GitAsync(cancellationToken),
        await CheckAsync("mmdebstrap", "mmdebstrap", "--version", cancellationToken),
        await CheckAsync("iptables", "iptables", "--version", cancellationToken),
        await CheckAsync("curl", "curl", "--version", cancellationToken) with { IsNeeded = false },
    ];

    private static Finding Sdk()
    {
        try
        {
            return Finding.Ok(".NET SDK", DotnetSdk.Find().Version);
        }
        catch (StackException exception)
        {
            return Finding.Missing(".NET SDK", "a runtime alone", exception.Message);
        }
    }

    private static async Task<Finding> GitAsync(CancellationToken cancellationToken)
    {
        var found = await CheckAsync("git", "git", "--version", cancellationToken);
        return found.Verdict == Verdict.Ok ? KnownHoles.Git.Judge(found.Name, found.Found) : found;
    }

    private static async Task<Finding> CheckAsync(string program, string package, string question, CancellationToken cancellationToken)
    {
        if (Programs.Find(program) is not { } path)
            return Finding.Missing(program, "", $"apt-get install {package}");
        var answer = await new ChildProcess(path, question).RunAsync(cancellationToken);
        var line = (answer.Output + answer.Error).Split('\n')[0].Trim();
        return Finding.Ok(program, KnownHoles.Number(line)?.ToString() ?? line);
    }
}
