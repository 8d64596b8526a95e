using Microsoft.Extensions.Options;

namespace Slug.Builds;

/// <summary>So many builds at once, the others in line, first come first served; everybody who waits is told the place.</summary>
internal sealed class BuildQueue(IOptions<BuildOptions> options)
{
    private readonly Lock gate = new();
    private readonly LinkedList<Waiter> line = [];
    private int free = options.Value.Concurrency;

    public int Waiting
    {
        get
        {
            lock (gate)
                return line.Count;
        }
    }

    public int Running
    {
        get
        {
            lock (gate)
                return options.Value.Concurrency - free;
        }
    }

    /// <summary>Waits for a slot; disposing what it returns gives the slot on. While there is a wait, the place is told on every change: 1 is next in line.</summary>
    public async Task<IDisposable> EnterAsync(Action<int> tellPlace, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(tellPlace);
        lock (gate)
        {
            if (free > 0)
            {
                free--;
                return new Slot(this);
            }

            line.AddLast(waiter);
            tellPlace(line.Count);
        }

        await using var leave = cancellationToken.Register(() => Leave(waiter, cancellationToken));
        await waiter.Turn.Task;
        return new Slot(this);
    }

    private void Leave(Waiter waiter, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (!line.Remove(waiter))
                return;
            waiter.Turn.SetCanceled(cancellationToken);
            TellPlaces();
        }
    }

    private void Return()
    {
        lock (gate)
        {
            if (line.First is not { } first)
            {
                free++;
                return;
            }

            line.RemoveFirst();
            first.Value.Turn.SetResult();
            TellPlaces();
        }
    }

    private void TellPlaces()
    {
        var place = 1;
        foreach (var waiter in line)
            waiter.TellPlace(place++);
    }

    private sealed record Waiter(Action<int> TellPlace)
    {
        public TaskCompletionSource Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Slot(BuildQueue queue) : IDisposable
    {
        private int returned;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref returned, 1) == 0)
                queue.Return();
        }
    }
}
