namespace Slug.Hosting;

/// <summary>Lets pushes on to their build, or holds them while the program is replaced; counts those it let through until they have ended.</summary>
internal sealed class Intake
{
    private readonly Lock gate = new();
    private readonly CancellationToken stopping;
    private TaskCompletionSource? opened;
    private int underWay;
    private int waiting;

    public Intake(ServiceOptions options, IHostApplicationLifetime lifetime)
    {
        stopping = lifetime.ApplicationStopping;
        if (options.Intake == "closed")
            Close();
    }

    /// <summary>The service ends: those who wait are sent away.</summary>
    public bool IsStopping => stopping.IsCancellationRequested;

    public IntakeState State
    {
        get
        {
            lock (gate)
                return new(opened is null, underWay, waiting);
        }
    }

    public void Close()
    {
        lock (gate)
            opened ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void Open()
    {
        lock (gate)
        {
            opened?.SetResult();
            opened = null;
        }
    }

    /// <summary>Returns when the push may go on; disposing tells that it has ended.</summary>
    /// <exception cref="OperationCanceledException">The service stops before.</exception>
    public async Task<IDisposable> EnterAsync(Action<string> say)
    {
        while (Ahead() is { } ahead)
        {
            say("-----> Slug is being replaced by another version of itself: this push waits");
            Interlocked.Increment(ref waiting);
            try
            {
                await ahead.WaitAsync(stopping);
            }
            finally
            {
                Interlocked.Decrement(ref waiting);
            }
        }

        return new Passage(this);
    }

    // Null where the way is free; it is counted in the same moment, so that nobody slips past a closing.
    private Task? Ahead()
    {
        lock (gate)
        {
            if (opened is not null)
                return opened.Task;
            underWay++;
            return null;
        }
    }

    private sealed class Passage(Intake intake) : IDisposable
    {
        public void Dispose()
        {
            lock (intake.gate)
                intake.underWay--;
        }
    }
}

/// <summary>Whether pushes go on, how many have, and how many wait.</summary>
internal sealed record IntakeState(bool Open, int UnderWay, int Waiting);
