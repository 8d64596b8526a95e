namespace Slug.Acceptance;

/// <summary>The real engine, asked by its own client.</summary>
internal static class Docker
{
    public static async Task<ProgramResult> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        await using var docker = RunningProgram.Start("docker", arguments);
        return await docker.EndAsync(cancellationToken);
    }

    public static async Task<string[]> ContainersAsync(string label, CancellationToken cancellationToken) =>
        (await RunAsync(cancellationToken, "ps", "--all", "--quiet", "--filter", $"label={label}")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Waits until the engine holds so many containers of a label.</summary>
    public static Task EventuallyHasAsync(string label, int containers, CancellationToken cancellationToken) =>
        Eventually.TrueAsync(async () => (await ContainersAsync(label, cancellationToken)).Length == containers, cancellationToken);
}
