using System.Collections.Concurrent;
using System.Diagnostics;

namespace Slug.Pushes;

/// <summary>The pushes that are being received.</summary>
internal sealed class PushSessions(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, PushSession> sessions = new();

    public PushSession Open(RepositoryResult.Found found, string by, Activity? span)
    {
        var session = new PushSession(Guid.CreateVersion7(time.GetUtcNow()), found.App, found.Repository, by) { Span = span };
        sessions[session.Key] = session;
        return session;
    }

    public PushSession? Find(string key) => sessions.GetValueOrDefault(key);

    public ValueTask CloseAsync(PushSession session)
    {
        sessions.TryRemove(session.Key, out _);
        return session.DisposeAsync();
    }
}
