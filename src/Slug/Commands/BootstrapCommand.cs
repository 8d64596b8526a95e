using System.CommandLine;
using Slug.Bootstrap;
using Slug.Commands.Terminals;
using Slug.Commands.Testing;
using Slug.Stacks;

namespace Slug.Commands;

/// <summary><c>slug bootstrap</c>: Slug compiles itself twice over, and the last two must be the same.</summary>
internal static class BootstrapCommand
{
    private static readonly Option<string> commit = new("--commit")
    {
        Description = "The commit of Slug to compile",
        HelpName = "REF",
        DefaultValueFactory = _ => "HEAD",
    };

    private static readonly Option<bool> keep = new("--keep") { Description = "Leave the stages running, for a look" };

    public static Command Create()
    {
        var command = new DocumentedCommand(
            "bootstrap", "Let Slug compile Slug, let that compile Slug again, and compare the two",
            "./slug bootstrap", "./slug bootstrap --commit main~1 --json", "./slug bootstrap --keep") { commit, keep, SharedOptions.Json };
        command.Runs(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var screen = Screen.Of(parse);
        var json = parse.GetValue(SharedOptions.Json);
        var steps = new Steps(json ? parse.InvocationConfiguration.Error : screen.Output, TimeProvider.System);
        var repository = Repository.Find(Environment.GetEnvironmentVariable("SLUG_ROOT"));
        var source = await SelfSource.ReadAsync(repository.Root, parse.GetRequiredValue(commit), cancellationToken);
        var data = SharedOptions.DataOf(parse);
        var report = await CompileAsync(source, parse.GetValue(keep) ? StageEnd.Kept : StageEnd.Removed, steps, cancellationToken);
        if (await ReportRecord.KeepAsync(data, report, cancellationToken) is { } remark)
            steps.Report(remark);
        if (json)
            screen.Json(report, BootstrapJson.Default.BootstrapReport);
        else
            ReportPage.Show(screen, report);
        return report.Holds ? ExitCode.Ok : ExitCode.UserError;
    }

    private static async Task<BootstrapReport> CompileAsync(SelfSource source, StageEnd ends, Steps steps, CancellationToken cancellationToken)
    {
        await using var ground = new StageGround(steps, ends);
        await using var first = await ground.StartFirstAsync(cancellationToken);
        return await new BootstrapFlow(source, ground, steps).RunAsync(first, $".NET SDK {DotnetSdk.VersionHere()}", BootstrapRounds.One, cancellationToken);
    }
}
