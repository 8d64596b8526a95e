using Slug.Hosting;

namespace Slug.Benchmarks.Scenes;

/// <summary>Runs programs that have to succeed.</summary>
internal static class Programs
{
    /// <returns>What it wrote to stdout.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message holds its words.</exception>
    public static async Task<string> RunAsync(ChildProcess program, CancellationToken cancellationToken)
    {
        var result = await program.RunAsync(cancellationToken);
        return result.Succeeded
            ? result.Output
            : throw new InvalidOperationException($"{program.FileName} {string.Join(' ', program.Arguments)} ended with {result.ExitCode}: {result.Error}{result.Output}");
    }
}
