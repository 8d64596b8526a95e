namespace Slug.Pushes;

/// <summary>One push per app at a time, in the order they came.</summary>
internal sealed class PushTurns
{
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, List<PushTurn>> queues = [];

    /// <summary>Takes a place behind all who wait for the app. Disposing gives it up.</summary>
    public PushTurn Enter(Guid app)
    {
        lock (gate)
        {
            if (!queues.TryGetValue(app, out var queue))
                queues[app] = queue = [];
            var turn = new PushTurn(left => Leave(app, left));
            turn.Tell(queue.Count);
            queue.Add(turn);
            return turn;
        }
    }

    /// <summary>A place, and the turn with it; null where the app is busy.</summary>
    public PushTurn? TryEnter(Guid app)
    {
        lock (gate)
            return queues.ContainsKey(app) ? null : Enter(app);
    }

    private void Leave(Guid app, PushTurn left)
    {
        lock (gate)
        {
            if (!queues.TryGetValue(app, out var queue) || queue.IndexOf(left) is not (>= 0 and var place))
                return;
            queue.RemoveAt(place);
            for (; place < queue.Count; place++)
                queue[place].Tell(place);
            if (queue.Count == 0)
                queues.Remove(app);
        }
    }
}
