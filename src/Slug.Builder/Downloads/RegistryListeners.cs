using Slug.Content.Wire;

namespace Slug.Builder.Downloads;

/// <summary>A listener for each registry, while a build runs.</summary>
internal sealed class RegistryListeners(IEnumerable<RegistryDoor> doors, HttpClient service) : IAsyncDisposable
{
    private readonly List<RegistryListener> listeners = [.. doors.Select(door => new RegistryListener(door, service))];

    public async ValueTask DisposeAsync()
    {
        foreach (var listener in listeners)
            await listener.DisposeAsync();
    }
}
