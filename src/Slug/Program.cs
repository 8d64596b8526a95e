using Slug.Commands;

namespace Slug;

/// <summary>One program: the service and its command line. <see cref="CommandLine"/> is the table of contents.</summary>
internal static class Program
{
    public static string Version { get; } = typeof(Program).Assembly.GetName().Version!.ToString(3);

    public static Task<int> Main(string[] args) => CommandLine.InvokeAsync(args, Console.Out, Console.Error);
}
