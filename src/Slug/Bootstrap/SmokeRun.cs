using Slug.Commands;
using Slug.Commands.Remotes;
using Slug.Commands.Setup;
using Slug.Commands.Terminals;
using Slug.Commands.Testing;
using Slug.Engines;

namespace Slug.Bootstrap;

/// <summary>What a compiled Slug must be able to do, tried from outside: samples become droplets that answer, and what is no app is refused.</summary>
internal sealed class SmokeRun(DockerEngine engine, Steps steps)
{
    // The quick ones of three ecosystems.
    private static readonly string[] samples = ["node-hello", "procfile-hello", "static-hello"];

    public async Task<TestTally> RunAsync(Stage stage, CancellationToken cancellationToken)
    {
        var tally = TestTally.None;
        foreach (var sample in samples)
            tally += await TryAsync($"{sample} answers", () => AnswersAsync(stage, sample, cancellationToken));
        tally += await TryAsync("a folder without an app is refused", () => RefusesAsync(stage, cancellationToken));
        return tally;
    }

    private async Task<TestTally> TryAsync(string claim, Func<Task> attempt)
    {
        try
        {
            await attempt();
            steps.Report($"passed: {claim}");
            return new(1, 0, 0);
        }
        catch (CommandException exception)
        {
            steps.Report($"FAILED: {claim}: {exception.Message}");
            return new(0, 1, 0);
        }
    }

    private async Task AnswersAsync(Stage stage, string sample, CancellationToken cancellationToken)
    {
        await new FirstPush(stage.Data, stage.Address, steps).RunAsync(sample, cancellationToken);
        await new FirstPage(engine, stage.Client, steps).FetchAsync(sample, cancellationToken);
    }

    private static async Task RefusesAsync(Stage stage, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("slug-nothing-").FullName;
        try
        {
            var git = new GitFolder(folder, FirstPush.Variables());
            await git.RunAsync(["init", "--quiet", "--initial-branch=main"], cancellationToken);
            await git.RunAsync(["commit", "--quiet", "--allow-empty", "--message", "Nothing"], cancellationToken);
            await new SlugRemote(git, stage.Address).SetAsync("nothing", cancellationToken);
            if ((await git.TryAsync(["push", SlugRemote.Name, "main"], cancellationToken)).Succeeded)
                throw CommandException.Failure("SLUG9805: a push of nothing was accepted");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
