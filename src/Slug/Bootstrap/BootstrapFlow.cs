using Slug.Commands.Terminals;
using Slug.Commands.Testing;

namespace Slug.Bootstrap;

/// <summary>Slug compiles Slug, that compiles Slug again, and the last two must be the same.</summary>
internal sealed class BootstrapFlow(SelfSource source, StageGround ground, Steps steps)
{
    private readonly SelfCompiler compiler = new(source, steps);
    private readonly List<StageReport> stages = [];
    private readonly List<StageComparison> comparisons = [];

    /// <summary>Called with the stage that made the last droplet, and that droplet, once it equals the one before it.</summary>
    public Func<Stage, Compilation, Task> Settled { get; init; } = (_, _) => Task.CompletedTask;

    /// <param name="first">Stage 1, which runs.</param>
    /// <param name="compiledBy">What made it.</param>
    /// <param name="rounds">One, or one more where stage 1 is not of this source: what it compiles carries its mark.</param>
    /// <param name="cancellationToken">Ends it; what it started is removed.</param>
    /// <exception cref="Commands.CommandException">A stage did not compile or start.</exception>
    public async Task<BootstrapReport> RunAsync(Stage first, string compiledBy, BootstrapRounds rounds, CancellationToken cancellationToken)
    {
        var (startedAt, clock) = (TimeProvider.System.GetUtcNow(), TimeProvider.System.GetTimestamp());
        stages.Add(new() { Stage = 1, CompiledBy = compiledBy });
        var second = await CompileAsync(first, cancellationToken);
        await CompareWithProgramAsync(first, cancellationToken);
        await AdvanceAsync(first, second, rounds, cancellationToken);
        return Judge(startedAt, TimeProvider.System.GetElapsedTime(clock));
    }

    private async Task AdvanceAsync(Stage before, Compilation made, BootstrapRounds rounds, CancellationToken cancellationToken)
    {
        await using var stage = await StartAsync(before, cancellationToken);
        await SmokeAsync(stage, cancellationToken);
        await compiler.PassCacheAsync(before, stage, cancellationToken);
        var next = await CompileAsync(stage, cancellationToken);
        var comparison = await CompareAsync((before, made), (stage, next), cancellationToken);
        if (comparison.Same)
            await Settled(stage, next);
        else if (rounds == BootstrapRounds.OneMore)
            await AdvanceAsync(stage, next, BootstrapRounds.One, cancellationToken);
    }

    private async Task<Stage> StartAsync(Stage before, CancellationToken cancellationToken)
    {
        Stage? stage = null;
        await steps.RunAsync($"Starting stage {before.Number + 1} from its droplet", async () =>
        {
            stage = await ground.StartFromDropletAsync(before, cancellationToken);
            return $"ready at {stage.Address.Url}";
        });
        return stage!;
    }

    private async Task<Compilation> CompileAsync(Stage stage, CancellationToken cancellationToken)
    {
        Compilation? made = null;
        await steps.RunAsync($"Stage {stage.Number} compiles stage {stage.Number + 1}", async () =>
        {
            made = await compiler.CompileAsync(stage, cancellationToken);
            return $"droplet {made.Droplet}";
        });
        stages.Add(new()
        {
            Stage = stage.Number + 1,
            CompiledBy = $"stage {stage.Number}",
            Droplet = made!.Droplet,
            Layers = made.Layers,
            Size = made.Size,
            Took = made.Took,
            Tests = made.Tests,
        });
        return made;
    }

    private Task SmokeAsync(Stage stage, CancellationToken cancellationToken) =>
        steps.RunAsync($"Trying stage {stage.Number} from outside", async () =>
        {
            var tally = await new SmokeRun(ground.Engine, steps).RunAsync(stage, cancellationToken);
            stages[^1] = stages[^1] with { Smoke = tally };
            return tally.ToString();
        });

    private Task CompareWithProgramAsync(Stage first, CancellationToken cancellationToken) =>
        steps.RunAsync("Comparing the program of stage 1 with that of stage 2, for the record", async () =>
        {
            var comparison = await ProgramComparison.CompareAsync(AppContext.BaseDirectory, first, cancellationToken);
            comparisons.Add(comparison);
            return comparison.Same ? "the same" : $"{comparison.Count} files differ";
        });

    private async Task<StageComparison> CompareAsync(
        (Stage, Compilation) left, (Stage, Compilation) right, CancellationToken cancellationToken)
    {
        StageComparison? comparison = null;
        await steps.RunAsync($"Comparing stage {left.Item1.Number + 1} with stage {right.Item1.Number + 1}", async () =>
        {
            comparison = await new DropletComparison(source).CompareAsync(left, right, cancellationToken);
            return comparison.Same ? "the same, byte for byte" : $"{comparison.Count} differences";
        });
        comparisons.Add(comparison!);
        return comparison!;
    }

    private BootstrapReport Judge(DateTimeOffset startedAt, TimeSpan took)
    {
        var last = comparisons[^1];
        var tests = stages.Aggregate(TestTally.None, (sum, stage) => sum + (stage.Tests ?? TestTally.None) + (stage.Smoke ?? TestTally.None));
        return new()
        {
            Commit = source.Commit,
            Tree = source.Tree,
            StartedAt = startedAt,
            Took = took,
            Stages = stages,
            Comparisons = comparisons,
            Holds = last.Same && tests.Failed == 0,
            Verdict = $"stage {last.Right} {(last.Same ? "=" : "≠")} stage {last.Left}; tests: {tests}",
        };
    }
}

/// <summary>How often Slug is compiled by what it compiled.</summary>
internal enum BootstrapRounds
{
    /// <summary>Stage 1 is of the same source: stage 3 must equal stage 2.</summary>
    One,

    /// <summary>Stage 1 may be an older Slug: where stage 3 differs from stage 2, stage 4 must equal stage 3.</summary>
    OneMore,
}
