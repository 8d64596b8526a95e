using System.Threading.Channels;

namespace Slug.Hosting;

/// <summary>Background work of one kind: each piece begins as it comes, beside those under way.</summary>
internal static class Carrying
{
    /// <summary>Runs until the service stops, and then until all that is under way has ended.</summary>
    /// <param name="queue">What is to be carried.</param>
    /// <param name="carry">Carries one; it does not throw but for the end of the service.</param>
    /// <param name="stopping">Ends the service.</param>
    public static async Task CarryAllAsync<T>(this ChannelReader<T> queue, Func<T, CancellationToken, Task> carry, CancellationToken stopping)
    {
        var underWay = new HashSet<Task>();
        try
        {
            await foreach (var piece in queue.ReadAllAsync(stopping))
            {
                underWay.RemoveWhere(task => task.IsCompleted);
                underWay.Add(carry(piece, stopping));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(underWay);
        }
    }
}
