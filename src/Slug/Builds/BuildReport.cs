using System.Globalization;
using Slug.Content;
using Slug.Content.Wire;

namespace Slug.Builds;

/// <summary>Tells the pusher and the record why a build did not become a droplet.</summary>
internal sealed class BuildReport(BuildStore store)
{
    public async Task TellAsync(BuildPlan plan, BuildLog log, BuildResult result)
    {
        if (result is BuildResult.Tested(var exitCode))
        {
            await TellTestsAsync(plan, log, exitCode);
            return;
        }

        var (phase, explanation) = Explain(plan, result);
        var message = log.Masked(explanation);
        if (result is BuildResult.NotDetected notDetected)
            TellAttempts(log, notDetected.Attempts);
        log.Say("");
        foreach (var line in message.Split('\n'))
            log.Say($" !     {line}");
        TellLastLines(log, phase, result);
        if (result.Remains is not null)
            log.Say($" !     Look inside: ./slug builds shell {plan.Id}");
        log.Say($" !     {EndOf(plan)}. The whole log: ./slug logs {plan.Id}");
        TellDropped(log);
        var (status, by) = result is BuildResult.Cancelled cancelled ? (BuildStatus.Cancelled, cancelled.By) : (BuildStatus.Failed, plan.By);
        await store.FailAsync(plan, by, status, phase, message, CancellationToken.None);
    }

    /// <summary>Says how much of the log was not kept, if any.</summary>
    public static void TellDropped(BuildLog log)
    {
        if (log.Dropped > 0)
            log.Say($" !     SLUG3011: the log grew past its limit; {ByteSize.InWords(log.Dropped)} of it were dropped. Write less, or raise --log-limit");
    }

    private static string EndOf(BuildPlan plan) => plan switch
    {
        { IsTest: true } => $"'{plan.App.Name}' was not tested",
        { Verifies: { } droplet } => $"'{droplet.ToShortString()}' was not made again",
        { IsSlug: true } => $"The slug of '{plan.App.Name}' was not taken",
        _ => $"Push rejected: '{plan.App.Name}' did not compile",
    };

    // What a program said last is often far above its error, among what others said at the same time.
    private static void TellLastLines(BuildLog log, string phase, BuildResult result)
    {
        if (result is not (BuildResult.Failed or BuildResult.TimedOut) || log.LastLines is not [_, ..] lines)
            return;
        log.Say($"       The last lines of phase {phase}:");
        foreach (var line in lines)
            log.Say($"         {line}");
    }

    private async Task TellTestsAsync(BuildPlan plan, BuildLog log, int exitCode)
    {
        log.Say("");
        log.Say(exitCode == 0 ? "-----> Tests passed" : string.Create(CultureInfo.InvariantCulture, $" !     Tests failed: bin/test exited with {exitCode}"));
        TellDropped(log);
        await store.FinishTestAsync(plan, exitCode, CancellationToken.None);
    }

    private static (string Phase, string Message) Explain(BuildPlan plan, BuildResult result) => result switch
    {
        BuildResult.NotDetected { Attempts: [.., var last] } when plan.BuildpacksChosen => (Words.Of(BuildPhase.Detect),
            $"SLUG2223: the buildpack '{last.Buildpack}', which the app chose, does not know it; add what it looks for, as said above, or choose others: ./slug buildpacks {plan.App.Name}"),
        BuildResult.NotDetected => (Words.Of(BuildPhase.Detect),
            "SLUG3001: no buildpack knows this app; add one of the files named above, or a Procfile that starts what is in the repository"),
        BuildResult.Failed failed => (Words.Of(failed.Phase), failed.Message),
        BuildResult.TimedOut timedOut => (Words.Of(timedOut.Phase),
            $"SLUG3003: Build timed out after {Words.Of(timedOut.Limit)} in phase {Words.Of(timedOut.Phase)}; make it shorter, or raise --build-timeout"),
        BuildResult.Cancelled cancelled => ("", $"SLUG3006: the build was cancelled by '{cancelled.By}'; push again to start another"),
        BuildResult.Broken broken => ("", broken.Message),
        _ => throw new ArgumentOutOfRangeException(nameof(result), result, "not a failure"),
    };

    private static void TellAttempts(BuildLog log, IReadOnlyList<DetectAttempt> attempts)
    {
        var width = attempts.Count == 0 ? 0 : attempts.Max(attempt => attempt.Buildpack.Length);
        log.Say("-----> Buildpacks that were tried:");
        foreach (var attempt in attempts)
        {
            var words = attempt.LastLines.Count > 0 ? log.Masked(attempt.LastLines[^1]) : "(said nothing)";
            log.Say(string.Create(CultureInfo.InvariantCulture, $"       {attempt.Buildpack.PadRight(width)}  exit {attempt.ExitCode,-3}  {words}"));
        }
    }
}
