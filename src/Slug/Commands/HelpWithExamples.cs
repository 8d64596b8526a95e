using System.CommandLine;
using System.CommandLine.Invocation;

namespace Slug.Commands;

/// <summary>The usual help, then the command's examples.</summary>
internal sealed class HelpWithExamples(SynchronousCommandLineAction usual) : SynchronousCommandLineAction
{
    public override bool Terminating => true;

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is DocumentedCommand { Examples: { Count: > 0 } examples })
            parseResult.InvocationConfiguration.Output.WriteLine(
                $"Examples:{Environment.NewLine}{string.Concat(examples.Select(example => $"  {example}{Environment.NewLine}"))}");
        return exitCode;
    }
}
