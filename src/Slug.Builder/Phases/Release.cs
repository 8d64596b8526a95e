using Slug.Builder.Buildpacks;
using Slug.Builder.Commands;
using Slug.Builder.Limits;
using Slug.Builder.Logs;
using Slug.Builder.Processes;
using Slug.Content.Wire;
using YamlDotNet.Core;

namespace Slug.Builder.Phases;

/// <summary>What the droplet runs, and the config vars that it has unless the app sets them.</summary>
internal sealed record ReleasedApp(ProcessTypes Processes, IReadOnlyDictionary<string, string> ConfigVars);

/// <summary>Process types are gathered: the last buildpack's defaults, and the Procfile over them.</summary>
internal sealed class Release(BuildJob job, BuilderPaths paths, CommandRun commands, LimitWatch limits, BuildLog log)
{
    public async Task<PhaseResult<ReleasedApp>> RunAsync(CompiledApp app, CancellationToken cancellationToken)
    {
        var releasing = app.Buildpacks.Select(detection => detection.Buildpack).LastOrDefault(buildpack => File.Exists(buildpack.Program("release")));
        var asked = releasing is null ? ReleaseYaml.Empty : await AskAsync(releasing, app.Environment, cancellationToken);
        if (asked.Ends(out var ending, out var release) || Procfile.Read(paths.App).Ends(out ending, out var procfile))
            return ending;
        await log.StepAsync("Discovering process types", cancellationToken);
        await log.DetailAsync($"Procfile declares types -> {procfile}", cancellationToken);
        if (releasing is not null && release.Processes.Count > 0)
            await log.DetailAsync($"Defaults of {releasing.Name} -> {release.Processes}", cancellationToken);
        var processes = release.Processes.With(procfile);
        Launcher.Write(paths.App, processes);
        return new ReleasedApp(processes, release.ConfigVars);
    }

    // Called once: some buildpacks delete their own state on the first call.
    private async Task<PhaseResult<ReleaseYaml>> AskAsync(
        Buildpack buildpack, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        limits.Reset();
        var output = new Capture();
        var exitCode = await commands.RunAsync(
            buildpack.Call("release", [paths.App], environment), output.AddAsync, cancellationToken);
        if (exitCode != 0)
            return await DoWithoutAsync(buildpack, exitCode, cancellationToken);
        try
        {
            return ReleaseYaml.Parse(output.Output);
        }
        catch (YamlException mistake)
        {
            return BuildFailure.BadRelease(buildpack.Name, $"line {mistake.Start.Line}: {mistake.Message}");
        }
    }

    private async Task<PhaseResult<ReleaseYaml>> DoWithoutAsync(Buildpack buildpack, int exitCode, CancellationToken cancellationToken)
    {
        if (limits.Reason() is not FailureReason.Exit and var reason)
            return BuildFailure.Program(BuildPhase.Release, $"bin/release of buildpack '{buildpack.Name}'", exitCode, reason, job);
        await log.WarnAsync(BuildWarning.ReleaseFailed(buildpack.Name, exitCode), cancellationToken);
        return ReleaseYaml.Empty;
    }
}
