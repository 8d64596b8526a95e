using System.Collections.Concurrent;
using Slug.Content;

namespace Slug.Hosting;

/// <summary>The layers and droplets that pushes under way count on, until a release refers to them: no sweep takes one. They are claimed inside a turn of the database, as the sweep looks at them, so that neither misses the other.</summary>
internal sealed class Claims
{
    private readonly ConcurrentDictionary<Guid, ConcurrentDictionary<Digest, byte>> held = new();

    public IReadOnlySet<Digest> All => held.Values.SelectMany(claims => claims.Keys).ToHashSet();

    /// <summary>A push begins; disposing lets go of all that it claimed.</summary>
    public IDisposable Open(Guid push)
    {
        held.TryAdd(push, new());
        return new Opened(this, push);
    }

    /// <summary>False where the push has ended, or never began.</summary>
    public bool Add(Guid push, Digest digest)
    {
        if (!held.TryGetValue(push, out var claims))
            return false;
        claims.TryAdd(digest, 0);
        return true;
    }

    public bool Holds(Guid push, Digest digest) => held.TryGetValue(push, out var claims) && claims.ContainsKey(digest);

    private sealed record Opened(Claims Claims, Guid Push) : IDisposable
    {
        public void Dispose() => Claims.held.TryRemove(Push, out _);
    }
}
