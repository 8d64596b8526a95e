namespace Slug.Acceptance;

/// <summary>Waits for conditions that nothing announces.</summary>
internal static class Eventually
{
    private static readonly TimeSpan interval = TimeSpan.FromMilliseconds(20);

    public static Task TrueAsync(Func<bool> condition, CancellationToken cancellationToken) =>
        TrueAsync(() => Task.FromResult(condition()), cancellationToken);

    public static async Task TrueAsync(Func<Task<bool>> condition, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval);
        while (!await condition())
            await timer.WaitForNextTickAsync(cancellationToken);
    }
}
