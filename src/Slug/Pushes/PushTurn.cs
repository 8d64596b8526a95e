using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Slug.Pushes;

/// <summary>A place in an app's line of pushes.</summary>
internal sealed class PushTurn(Action<PushTurn> leave) : IDisposable
{
    // Who waits wants to know where it stands now, not where it stood.
    private readonly Channel<int> places = Channel.CreateBounded<int>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, AllowSynchronousContinuations = false });

    /// <summary>How many are ahead, whenever that changes; ends when none is: it is our turn.</summary>
    public async IAsyncEnumerable<int> AheadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int ahead;
        while ((ahead = await places.Reader.ReadAsync(cancellationToken)) > 0)
            yield return ahead;
    }

    /// <summary>It is our turn when this returns.</summary>
    public async Task ComeAsync(CancellationToken cancellationToken)
    {
        await foreach (var _ in AheadAsync(cancellationToken))
        {
        }
    }

    public void Tell(int ahead) => places.Writer.TryWrite(ahead);

    public void Dispose() => leave(this);
}
