using Slug.Builder.Buildpacks;
using Slug.Builder.Commands;
using Slug.Builder.Limits;
using Slug.Builder.Logs;
using Slug.Builder.Packing;
using Slug.Builder.Steps;
using Slug.Content.Wire;

namespace Slug.Builder.Phases;

/// <summary>The buildpacks that compiled the app, the environment that they left, and what their steps with declared inputs brought.</summary>
internal sealed record CompiledApp(IReadOnlyList<Detection> Buildpacks, IReadOnlyDictionary<string, string> Environment, IReadOnlyList<StepLayer> Layers);

/// <summary>The buildpacks do their work, one after the other, all in the same folders.</summary>
internal sealed class Compile(BuildJob job, BuilderPaths paths, CommandRun commands, LimitWatch limits, BuildLog log, Reporting reporting, StepRun stepping, FileAuthors authors)
{
    /// <summary>Says to compile that the buildpack's step has made its part.</summary>
    private const string StepDone = "SLUG_DEPENDENCIES";

    public async Task<PhaseResult<CompiledApp>> RunAsync(IReadOnlyList<Detection> detected, RestoredApp restored, CancellationToken cancellationToken)
    {
        await WriteConfigVarsAsync(cancellationToken);
        var export = new ExportScript(commands, log);
        var environment = job.Environment;
        if ((await stepping.RunAsync(restored.Steps, restored.Cache, cancellationToken)).Ends(out var ending, out var layers))
            return ending;
        foreach (var (index, (buildpack, _)) in detected.Index())
        {
            limits.Reset();
            var program = ProgramOf(buildpack);
            var stepDone = layers.Exists(layer => layer.Buildpack == buildpack);
            var call = buildpack.Call(program, [paths.App, restored.Cache, paths.ConfigVars], stepDone ? WithStepDone(environment) : environment);
            var exitCode = await CompileAsync(call, cancellationToken);
            var reason = limits.Reason();
            await reporting.AskAsync(buildpack, cancellationToken);
            authors.End(new(BuildPhase.Compile, $"bin/{program} of {buildpack.Name}"));
            if (exitCode != 0)
                return BuildFailure.Program(BuildPhase.Compile, $"bin/{program} of buildpack '{buildpack.Name}'", exitCode, reason, job);
            // A release needs no environment of the last one; its tests do.
            if (index < detected.Count - 1 || job.IsTest)
                environment = await export.ApplyAsync(buildpack, environment, cancellationToken);
        }

        return new CompiledApp(detected, environment, layers);
    }

    private static Dictionary<string, string> WithStepDone(IReadOnlyDictionary<string, string> environment) =>
        new(environment) { [StepDone] = "1" };

    private string ProgramOf(Buildpack buildpack) =>
        job.IsTest && File.Exists(buildpack.Program("test-compile")) ? "test-compile" : "compile";

    private async Task<int> CompileAsync(Command call, CancellationToken cancellationToken)
    {
        var lines = new LineLog(log.WriteAsync);
        var exitCode = await commands.RunAsync(call, lines.AddAsync, cancellationToken);
        await lines.CompleteAsync(cancellationToken);
        return exitCode;
    }

    private async Task WriteConfigVarsAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(paths.ConfigVars);
        foreach (var (name, value) in job.ConfigVars)
            await File.WriteAllTextAsync(Path.Combine(paths.ConfigVars, name), value, cancellationToken);
    }
}
