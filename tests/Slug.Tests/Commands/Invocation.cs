using Slug.Commands;

namespace Slug.Tests.Commands;

/// <summary>A command line run in this process: how it ended and what it wrote.</summary>
internal sealed record Invocation(int ExitCode, string Output, string Error)
{
    public static async Task<Invocation> OfAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await CommandLine.InvokeAsync(args, output, error);
        return new(exitCode, output.ToString(), error.ToString());
    }
}
