namespace Slug.Builder.Packing;

/// <summary>One of so many turns; it ends once, however often it is told to.</summary>
internal sealed class LayerTurn : IDisposable
{
    private SemaphoreSlim? turns;

    private LayerTurn(SemaphoreSlim turns) => this.turns = turns;

    public static async Task<LayerTurn> EnterAsync(SemaphoreSlim turns, CancellationToken cancellationToken)
    {
        await turns.WaitAsync(cancellationToken);
        return new(turns);
    }

    public void Dispose() => Interlocked.Exchange(ref turns, null)?.Release();
}
