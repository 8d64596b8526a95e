using Slug.Commands.Terminals;

namespace Slug.Commands.Testing;

/// <summary>Runs test projects one after the other against this program, and counts.</summary>
internal sealed class TestRun(Repository repository, Steps steps)
{
    private readonly List<string> mistakes = [];
    private readonly List<TestFailure> failures = [];

    /// <summary>What went wrong beside failed tests.</summary>
    public IReadOnlyList<string> Mistakes => mistakes;

    /// <summary>Tests that failed, in the order in which they began.</summary>
    public IReadOnlyList<TestFailure> Failures => failures;

    public async Task<TestTally> RunAsync(IEnumerable<TestProject> projects, string? filter, CancellationToken cancellationToken)
    {
        var sum = TestTally.None;
        foreach (var project in projects)
            await steps.RunAsync(project.Name, async () =>
            {
                var tally = await RunAsync(project, filter, cancellationToken);
                sum += tally;
                return tally.ToString();
            });
        return sum;
    }

    private async Task<TestTally> RunAsync(TestProject project, string? filter, CancellationToken cancellationToken)
    {
        var results = Path.Combine(repository.Artifacts, $"{project.Name}.trx");
        File.Delete(results);
        var exitCode = await Dotnet.RunAsync(repository, Arguments(project, filter), steps.Report, cancellationToken);
        var (tally, failed) = Read(results);
        failures.AddRange(failed);
        if (tally.Total == 0 && filter is null)
            mistakes.Add($"SLUG8051: '{project.Name}' gave no results; see its output above");
        else if (exitCode != 0 && tally.Failed == 0)
            mistakes.Add($"SLUG8052: 'dotnet test' of '{project.Name}' ended with {exitCode} though no test failed; see its output above");
        return tally;
    }

    private static TestResults Read(string file)
    {
        if (!File.Exists(file))
            return TestResults.None;
        using var trx = File.OpenRead(file);
        return TestResults.Read(trx);
    }

    private string[] Arguments(TestProject project, string? filter) =>
    [
        "test", repository.ProjectOf(project.Name), "--configuration", "Release", "--nologo", "--disable-build-servers",
        "--results-directory", repository.Artifacts,
        "--logger", $"trx;LogFileName={project.Name}.trx",
        // Tests that take seconds each are told one by one.
        "--logger", $"console;verbosity={(project.NeedsMachine ? "normal" : "minimal")}",
        .. filter is null ? Array.Empty<string>() : ["--filter", filter],
    ];
}
