using Slug.Commands.Terminals;
using Slug.Engines;
using Slug.Stacks;

namespace Slug.Commands.Setup;

/// <summary>What must be there before a service or a test: packages, the engine, the stack. What is there already costs nothing.</summary>
internal sealed class MachineSetup(Workplace workplace, string workDirectory, Steps steps)
{
    private const string DaemonLogs = "/var/log";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await steps.RunAsync("Debian packages", () => DebianPackages.EnsureAsync(Requirement.All(), steps, cancellationToken));
        await steps.RunAsync("Docker engine", () => StartEngineAsync(cancellationToken));
        await steps.RunAsync($"Stack {Workplace.DefaultStack}", () => BuildStackAsync(cancellationToken));
    }

    private async Task<string> StartEngineAsync(CancellationToken cancellationToken)
    {
        var daemon = new DockerDaemon(workplace.Engine, TimeProvider.System);
        var started = await daemon.EnsureAsync(DaemonLogs, cancellationToken);
        var version = await workplace.Engine.VersionAsync(cancellationToken);
        return $"Docker {version.Version} {(started ? "started" : "answers")} at {workplace.Engine.Address}";
    }

    private async Task<string> BuildStackAsync(CancellationToken cancellationToken)
    {
        var definition = workplace.Stacks.Find(Workplace.DefaultStack);
        if (await workplace.Stacks.FindBuiltAsync(definition.Name, cancellationToken) is null)
            steps.Report("building its two images from Debian's archive; this takes minutes, once");
        var builder = new StackBuilder(workplace.Images, TimeProvider.System);
        await builder.BuildAsync(
            definition, StackBuildMode.Reuse, Path.Combine(workDirectory, $"stack-{Environment.ProcessId}"), steps, cancellationToken);
        return "ready";
    }
}
