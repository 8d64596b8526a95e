using System.Globalization;
using Slug.Content;
using Slug.Content.Wire;

namespace Slug.Builds;

/// <summary>Tells the pusher and the record why a build did not become a droplet.</summary>
internal sealed class BuildReport(BuildStore store)
{
    public async Task TellAsync(BuildPlan plan, BuildLog log, BuildResult result)
    {
        var (phase, message) = Explain(result);
        if (result is BuildResult.NotDetected notDetected)
            TellAttempts(log, notDetected.Attempts);
        log.Say("");
        foreach (var line in message.Split('\n'))
            log.Say($" !     {line}");
        TellLastLines(log, phase, result);
        if (result.Remains is not null)
            log.Say($" !     Look inside: ./slug builds shell {plan.Id}");
        log.Say($" !     Push rejected: '{plan.App.Name}' did not compile. The whole log: ./slug logs {plan.Id}");
        TellDropped(log);
        var status = result is BuildResult.Cancelled ? BuildStatus.Cancelled : BuildStatus.Failed;
        await store.FailAsync(plan, status, phase, message, CancellationToken.None);
    }

    /// <summary>Says how much of the log was not kept, if any.</summary>
    public static void TellDropped(BuildLog log)
    {
        if (log.Dropped > 0)
            log.Say($" !     SLUG3011: the log grew past its limit; {ByteSize.InWords(log.Dropped)} of it were dropped. Write less, or raise --log-limit");
    }

    // What a program said last is often far above its error, among what others said at the same time.
    private static void TellLastLines(BuildLog log, string phase, BuildResult result)
    {
        if (result is not (BuildResult.Failed or BuildResult.TimedOut) || log.LastLines is not [_, ..] lines)
            return;
        log.Say($"       The last lines of phase {phase}:");
        foreach (var line in lines)
            log.Say($"         {line}");
    }

    private static (string Phase, string Message) Explain(BuildResult result) => result switch
    {
        BuildResult.NotDetected => (Words.Of(BuildPhase.Detect),
            "SLUG3001: no buildpack knows this app; add one of the files named above, or a Procfile that starts what is in the repository"),
        BuildResult.Failed failed => (Words.Of(failed.Phase), failed.Message),
        BuildResult.TimedOut timedOut => (Words.Of(timedOut.Phase),
            $"SLUG3003: Build timed out after {Words.Of(timedOut.Limit)} in phase {Words.Of(timedOut.Phase)}; make it shorter, or raise --build-timeout"),
        BuildResult.Cancelled => ("", "SLUG3006: the build was cancelled; push again to start another"),
        BuildResult.Broken broken => ("", broken.Message),
        _ => throw new ArgumentOutOfRangeException(nameof(result), result, "not a failure"),
    };

    private static void TellAttempts(BuildLog log, IReadOnlyList<DetectAttempt> attempts)
    {
        var width = attempts.Count == 0 ? 0 : attempts.Max(attempt => attempt.Buildpack.Length);
        log.Say("-----> Buildpacks that were tried:");
        foreach (var attempt in attempts)
        {
            var words = attempt.LastLines.Count > 0 ? attempt.LastLines[^1] : "(said nothing)";
            log.Say(string.Create(CultureInfo.InvariantCulture, $"       {attempt.Buildpack.PadRight(width)}  exit {attempt.ExitCode,-3}  {words}"));
        }
    }
}
