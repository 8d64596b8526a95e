using Microsoft.Extensions.DependencyInjection;
using Slug.Hosting;
using Slug.Pushes;

namespace Slug.Tests.Pushes;

/// <summary>A service of its own for each test, and a pusher with one commit.</summary>
internal abstract class PushSituation
{
    protected PushHost Host { get; private set; } = null!;

    protected GitClient Client { get; private set; } = null!;

    [SetUp]
    public async Task StartAsync()
    {
        Host = await PushHost.StartAsync(Configure);
        Client = await GitClient.CreateAsync(Host);
    }

    [TearDown]
    public async Task StopAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
    }

    protected virtual void Configure(PushOptions options)
    {
    }

    /// <summary>Runs git on the service's own side.</summary>
    protected async Task<ChildResult> InRepositoryAsync(params string[] arguments) =>
        await Host.Services.GetRequiredService<Git>().Command(await Host.RepositoryAsync("sample"), arguments).RunAsync(CancellationToken.None);
}
