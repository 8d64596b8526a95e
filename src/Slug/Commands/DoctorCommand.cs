using System.CommandLine;
using Slug.Commands.Checks;
using Slug.Commands.Setup;

namespace Slug.Commands;

/// <summary><c>slug doctor</c>: what is installed, in which version, and what to mend.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var command = new DocumentedCommand(
            "doctor", "Check what is installed, missing or known to be unsafe", "slug doctor", "slug doctor --json") { SharedOptions.Json };
        command.Runs(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var data = SharedOptions.DataOf(parse);
        using var workplace = Workplace.LookingAt(data);
        IReadOnlyList<Finding> findings =
        [
            .. await ProgramChecks.RunAsync(cancellationToken),
            .. LibraryChecks.Run(),
            .. await EngineChecks.RunAsync(workplace, cancellationToken),
            .. SystemChecks.Run(data),
        ];
        Listing.Show(
            parse, findings, CommandJson.Default.IReadOnlyListFinding, "",
            ["CHECK", "FOUND", "", "WHAT TO DO"],
            finding => [finding.Name, finding.Found, Words(finding.Verdict), finding.Mend]);
        return findings.Any(finding => finding is { Verdict: Verdict.Missing, IsNeeded: true }) ? ExitCode.UserError : ExitCode.Ok;
    }

    private static string Words(Verdict verdict) => verdict switch
    {
        Verdict.Ok => "ok",
        Verdict.Missing => "missing",
        _ => "known unsafe",
    };
}
