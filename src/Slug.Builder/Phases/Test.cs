using Slug.Builder.Buildpacks;
using Slug.Builder.Commands;
using Slug.Builder.Limits;
using Slug.Builder.Logs;
using Slug.Content.Wire;

namespace Slug.Builder.Phases;

/// <summary>How the app's tests ended.</summary>
internal sealed record TestedApp(int ExitCode);

/// <summary>The last buildpack that can runs the app's tests.</summary>
internal sealed class Test(BuildJob job, BuilderPaths paths, CommandRun commands, LimitWatch limits, BuildLog log)
{
    // Tests run as the app does: with what its buildpacks left for run time.
    private const string Profiled = """for file in "$1"/.profile.d/*.sh; do [ ! -r "$file" ] || . "$file"; done; exec "$2" "$1" "$3" """;

    public async Task<PhaseResult<TestedApp>> RunAsync(CompiledApp app, CancellationToken cancellationToken)
    {
        var buildpacks = app.Buildpacks.Select(detection => detection.Buildpack).ToList();
        if (buildpacks.FindLast(buildpack => File.Exists(buildpack.Program("test"))) is not { } testing)
            return BuildFailure.NoTests(buildpacks.Select(buildpack => buildpack.Name));
        await log.StepAsync($"Running the tests by {testing.Name}", cancellationToken);
        limits.Reset();
        var exitCode = await RunAsync(testing, app.Environment, cancellationToken);
        return exitCode != 0 && limits.Reason() is not FailureReason.Exit and var reason
            ? BuildFailure.Program(BuildPhase.Test, $"bin/test of buildpack '{testing.Name}'", exitCode, reason, job)
            : new TestedApp(exitCode);
    }

    private async Task<int> RunAsync(Buildpack buildpack, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var call = buildpack.Call("test", [], environment) with
        {
            Program = "/bin/bash",
            Arguments = ["--norc", "--noprofile", "-c", Profiled, "test", paths.App, buildpack.Program("test"), paths.ConfigVars],
        };
        var lines = new LineLog(log.WriteAsync);
        var exitCode = await commands.RunAsync(call, lines.AddAsync, cancellationToken);
        await lines.CompleteAsync(cancellationToken);
        return exitCode;
    }
}
