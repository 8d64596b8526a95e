using System.CommandLine;
using Slug.Commands.Terminals;
using Slug.Commands.Testing;

namespace Slug.Commands;

/// <summary><c>slug bench</c>: what Slug adds to git, to a buildpack and to tar, as ratios.</summary>
internal static class BenchCommand
{
    private const string Project = "Slug.Benchmarks";

    private static readonly Argument<string[]> arguments = new("ARGUMENT") { Description = "Handed to the benchmarks", Arity = ArgumentArity.ZeroOrMore };

    public static Command Create()
    {
        var command = new DocumentedCommand("bench", "Measure what Slug adds to git, buildpacks and tar", "./slug bench") { arguments };
        command.Runs(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var screen = Screen.Of(parse);
        var repository = Repository.Find(Environment.GetEnvironmentVariable("SLUG_ROOT"));
        await TestMachine.PrepareAsync(repository, new Steps(screen.Output, TimeProvider.System), cancellationToken);
        string[] run = ["run", "--configuration", "Release", "--project", repository.ProjectOf(Project), "--", .. parse.GetValue(arguments) ?? []];
        return await Dotnet.RunAsync(repository, run, screen.Line, cancellationToken) == 0 ? ExitCode.Ok : ExitCode.UserError;
    }
}
