namespace Slug.Builder.Commands;

/// <summary>
/// Threads that are there before a build uses up what the kernel gives its container: a runtime that is refused one ends at once,
/// and nobody would say why the build did.
/// </summary>
internal sealed class ThreadReserve : IDisposable
{
    /// <summary>As many as the pool ever has; the project file keeps those that are idle.</summary>
    private const int Workers = 8;

    // The pool's own watcher, and that of timers, go when they have had nothing to do for a second.
    private static readonly TimeSpan often = TimeSpan.FromMilliseconds(300);

    private readonly ITimer busy;

    public ThreadReserve(TimeProvider time)
    {
        ThreadPool.SetMinThreads(Workers, Workers);
        ThreadPool.SetMaxThreads(Workers, Workers);
        var all = new CountdownEvent(Workers + 1);
        for (var worker = 0; worker < Workers; worker++)
            ThreadPool.UnsafeQueueUserWorkItem(Meet, all, preferLocal: false);
        Meet(all);
        busy = time.CreateTimer(_ => { }, null, often, often);
    }

    public void Dispose() => busy.Dispose();

    // Nobody goes before all have come: so each is a thread.
    private static void Meet(CountdownEvent all)
    {
        all.Signal();
        all.Wait();
    }
}
