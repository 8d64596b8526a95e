using System.CommandLine;
using Slug.Commands.Terminals;

namespace Slug.Commands;

/// <summary>A command whose help ends with examples, and whose failures have one form.</summary>
internal sealed class DocumentedCommand(string name, string description, params IReadOnlyList<string> examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; } = examples;

    /// <summary>What the command does, ended by the first signal.</summary>
    public void Runs(Func<ParseResult, CancellationToken, Task<int>> action) =>
        RunsUntilHandedOver((parse, interruption) => action(parse, interruption.Token));

    /// <summary>For the command that passes signals on to what it runs.</summary>
    public void RunsUntilHandedOver(Func<ParseResult, Interruption, Task<int>> action) =>
        SetAction((parse, _) => GuardAsync(parse, action));

    private static async Task<int> GuardAsync(ParseResult parse, Func<ParseResult, Interruption, Task<int>> action)
    {
        using var interruption = new Interruption();
        try
        {
            return await action(parse, interruption);
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception exception)
        {
            var failure = Failure.Of(exception);
            Screen.Of(parse).Error(failure.Message);
            return failure.ExitCode;
        }
    }
}
