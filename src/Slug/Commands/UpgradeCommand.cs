using System.CommandLine;
using Slug.Bootstrap;
using Slug.Commands.Services;
using Slug.Commands.Terminals;
using Slug.Commands.Testing;

namespace Slug.Commands;

/// <summary><c>slug upgrade</c>: the running installation compiles another commit of Slug and, where that holds, is replaced by it.</summary>
internal static class UpgradeCommand
{
    private static readonly Option<string> to = new("--to")
    {
        Description = "The commit of Slug to go to",
        HelpName = "REF",
        DefaultValueFactory = _ => "HEAD",
    };

    private static readonly Option<string?> source = new("--source")
    {
        Description = "A clone of Slug (default: the one this program was built in)",
        HelpName = "DIR",
    };

    public static Command Create()
    {
        var command = new DocumentedCommand(
            "upgrade", "Let the running Slug compile another commit of itself, and be replaced by it",
            "./slug upgrade", "./slug upgrade --to v0.2.0", "/var/lib/slug/programs/slug upgrade --source ~/slug") { to, source };
        command.Runs(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var (screen, data) = (Screen.Of(parse), SharedOptions.DataOf(parse));
        var running = RunningService.Find(data) ?? throw RunningService.None(data);
        var clone = parse.GetValue(source) ?? Repository.Find(Environment.GetEnvironmentVariable("SLUG_ROOT")).Root;
        var target = await SelfSource.ReadAsync(clone, parse.GetRequiredValue(to), cancellationToken);
        if (!await UpgradeCheck.IsNewAsync(target, UpgradeRecord.Read(data)?.Commit, cancellationToken))
        {
            screen.Line($"Slug at {Wording.Commit(target.Commit)} runs already.");
            return ExitCode.Ok;
        }

        var steps = new Steps(screen.Output, TimeProvider.System);
        var (report, program) = await new SelfUpgrade(data, steps).CompileAsync(target, cancellationToken);
        ReportPage.Show(screen, report);
        if (!report.Holds || program is null)
            throw CommandException.User($"SLUG9820: the commit '{target.Commit}' is not released: {report.Verdict}; what runs goes on running");
        await new Replacement(data, steps, TimeProvider.System).RunAsync(running, program, cancellationToken);
        UpgradeRecord.Write(data, new(target.Commit, program.Path));
        screen.Line($"Slug at {Wording.Commit(target.Commit)} runs. Its command line: {data.Root}/programs/slug");
        return ExitCode.Ok;
    }
}
