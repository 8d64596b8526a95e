using Slug.Commands.Services;
using Slug.Hosting;

namespace Slug.Bootstrap;

/// <summary>A Slug that runs and can compile the next one. Disposing ends it as it was agreed at its start.</summary>
internal sealed class Stage(int number, DataDirectory data, ServiceAddress address, Func<Task> end) : IAsyncDisposable
{
    public int Number => number;

    public DataDirectory Data => data;

    public ServiceAddress Address => address;

    public ServiceClient Client { get; } = new(address);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await end();
    }
}
