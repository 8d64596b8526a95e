namespace Slug.Tests.Pushes;

/// <summary>A clock that stands still until it is moved. Its timers fire once.</summary>
internal sealed class FakeTime : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<FakeTimer> timers = [];
    private readonly List<(TimeSpan Due, TaskCompletionSource Set)> awaited = [];
    private TimeSpan now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => now.Ticks;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, () => callback(state));
        Set(timer, dueTime);
        return timer;
    }

    /// <summary>Ends when something waits for exactly that moment: from then on the clock may be moved there.</summary>
    public Task WaiterAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        var set = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            awaited.Add((at - DateTimeOffset.UnixEpoch, set));
            if (timers.Any(timer => timer.Due == at - DateTimeOffset.UnixEpoch))
                set.TrySetResult();
        }

        return set.Task.WaitAsync(cancellationToken);
    }

    public void Advance(TimeSpan by)
    {
        now += by;
        FakeTimer[] due;
        lock (gate)
            due = [.. timers.Where(timer => timer.Due <= now)];
        foreach (var timer in due)
        {
            Remove(timer);
            timer.Fire();
        }
    }

    private void Set(FakeTimer timer, TimeSpan dueTime)
    {
        lock (gate)
        {
            timers.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan)
                return;
            timer.Due = now + dueTime;
            timers.Add(timer);
            foreach (var (_, set) in awaited.Where(wanted => wanted.Due == timer.Due))
                set.TrySetResult();
        }
    }

    private void Remove(FakeTimer timer)
    {
        lock (gate)
            timers.Remove(timer);
    }

    private sealed class FakeTimer(FakeTime time, Action fire) : ITimer
    {
        public TimeSpan Due { get; set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            time.Set(this, dueTime);
            return true;
        }

        public void Dispose() => time.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
