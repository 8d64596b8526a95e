namespace Slug.Droplets;

/// <summary>One at a time gives blobs their names and rows, or takes both away: within a turn, a blob without a row is nobody's.</summary>
internal sealed class StoreTurn : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>Waits for the turn; disposing what it returns ends it.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        return new Entered(turn);
    }

    public void Dispose() => turn.Dispose();

    private sealed record Entered(SemaphoreSlim Turn) : IDisposable
    {
        public void Dispose() => Turn.Release();
    }
}
