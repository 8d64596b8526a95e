using Slug.Builder.Buildpacks;
using Slug.Builder.Commands;
using Slug.Builder.Limits;
using Slug.Builder.Logs;
using Slug.Content.Wire;

namespace Slug.Builder.Phases;

/// <summary>A buildpack that takes part, and what it calls the app.</summary>
internal sealed record Detection(Buildpack Buildpack, string Description);

/// <summary>Buildpacks say whether they know the app: by exit code, nothing else.</summary>
internal sealed class Detect(BuildJob job, BuilderPaths paths, CommandRun commands, LimitWatch limits, BuildLog log)
{
    private const int NoSuchProgram = 127;
    private const int LongestDescription = 200;

    private readonly List<DetectAttempt> attempts = [];

    public async Task<PhaseResult<List<Detection>>> RunAsync(IReadOnlyList<Buildpack> buildpacks, CancellationToken cancellationToken)
    {
        List<Detection> detected = [];
        foreach (var buildpack in buildpacks)
        {
            if ((await AskAsync(buildpack, cancellationToken)).Ends(out var ending, out var attempt))
                return ending;
            attempts.Add(attempt.Attempt);
            if (attempt.Attempt.ExitCode == 0)
            {
                detected.Add(new(buildpack, attempt.Description));
                await log.StepAsync($"{attempt.Description} app detected", cancellationToken);
            }

            // Of chosen buildpacks each must know the app; of the built-in ones the first that does is the one.
            if (attempt.Attempt.ExitCode == 0 != job.BuildpacksChosen)
                break;
        }

        var complete = job.BuildpacksChosen ? detected.Count == buildpacks.Count : detected.Count > 0;
        return complete && detected.Count > 0 ? detected : new BuildOutcome.NotDetected(attempts);
    }

    private async Task<PhaseResult<Answer>> AskAsync(Buildpack buildpack, CancellationToken cancellationToken)
    {
        var program = buildpack.Program("detect");
        if (!File.Exists(program))
            return new Answer(new(buildpack.Name, NoSuchProgram, ["there is no bin/detect"]), "");
        limits.Reset();
        var output = new Capture();
        var exitCode = await commands.RunAsync(
            buildpack.Call("detect", [paths.App], job.Environment), output.AddAsync, cancellationToken);
        await output.CompleteAsync(cancellationToken);
        if (exitCode != 0 && limits.Reason() is not FailureReason.Exit and var reason)
            return BuildFailure.Program(BuildPhase.Detect, $"bin/detect of buildpack '{buildpack.Name}'", exitCode, reason, job);
        return new Answer(new(buildpack.Name, exitCode, output.LastLines), Describe(buildpack, output.Output));
    }

    private static string Describe(Buildpack buildpack, string output)
    {
        var line = output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(buildpack.Name);
        return line.Length > LongestDescription ? line[..LongestDescription] : line;
    }

    private sealed record Answer(DetectAttempt Attempt, string Description);
}
