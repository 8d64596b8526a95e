using Slug.Hosting;

namespace Slug.Tests.Commands;

/// <summary>The program as a process: the published one, or the one built with these tests.</summary>
internal static class ThisProgram
{
    public static string Path { get; } =
        Environment.GetEnvironmentVariable("SLUG_PROGRAM") is { Length: > 0 } published ? published : System.IO.Path.Combine(AppContext.BaseDirectory, "slug");

    public static Task<ChildResult> RunAsync(CancellationToken cancellationToken, params string[] args) =>
        new ChildProcess(Path, args).RunAsync(cancellationToken);
}
