using System.CommandLine;
using Slug.Commands.Terminals;
using Slug.Commands.Testing;

namespace Slug.Commands;

/// <summary><c>slug test</c>: every test of the repository, against this very program.</summary>
internal static class TestCommand
{
    private static readonly Option<bool> unit = new("--unit") { Description = "Leave out what needs root, Docker and minutes" };
    private static readonly Option<string?> filter = new("--filter") { Description = "Only tests that this expression of 'dotnet test' selects", HelpName = "EXPRESSION" };

    public static Command Create()
    {
        var command = new DocumentedCommand(
            "test", "Run all tests; the last line counts them", "./slug test", "./slug test --unit", "./slug test --filter Name~tar") { unit, filter };
        command.Runs(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var screen = Screen.Of(parse);
        var steps = new Steps(screen.Output, TimeProvider.System);
        var repository = Repository.Find(Environment.GetEnvironmentVariable("SLUG_ROOT"));
        var projects = TestProject.All.Where(project => !project.NeedsMachine || !parse.GetValue(unit)).ToList();
        if (projects.Any(project => project.NeedsMachine))
            await TestMachine.PrepareAsync(repository, steps, cancellationToken);
        Directory.CreateDirectory(repository.Artifacts);
        var run = new TestRun(repository, steps);
        var tally = await run.RunAsync(projects, parse.GetValue(filter), cancellationToken);
        Tell(run.Failures, screen, steps);
        foreach (var mistake in run.Mistakes)
            screen.Error(mistake);
        screen.Line(tally.ToString());
        return tally.Failed > 0 || run.Mistakes.Count > 0 ? ExitCode.UserError : ExitCode.Ok;
    }

    /// <summary>Names them at the end: above are thousands of lines.</summary>
    private static void Tell(IReadOnlyList<TestFailure> failures, Screen screen, Steps steps)
    {
        if (failures.Count > 0)
            screen.Line("-----> What failed");
        foreach (var line in failures.SelectMany(failure => failure.Lines))
            steps.Report(line);
    }
}
