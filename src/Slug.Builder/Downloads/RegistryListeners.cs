using Slug.Content.Wire;

namespace Slug.Builder.Downloads;

/// <summary>A listener for each registry, while a build runs.</summary>
internal static class RegistryListeners
{
    /// <summary>Gives the build's exit code. No build waits for a listener: a buildpack that comes before it goes to the registry itself.</summary>
    public static async Task<int> WhileAsync(Task<int> build, IReadOnlyList<RegistryDoor> doors, HttpClient service)
    {
        var opening = Task.Run(() => doors.Select(door => new RegistryListener(door, service)).ToList());
        try
        {
            return await build;
        }
        finally
        {
            foreach (var listener in await opening)
                await listener.DisposeAsync();
        }
    }
}
