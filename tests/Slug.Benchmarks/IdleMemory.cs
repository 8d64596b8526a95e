using Slug.Benchmarks.Scenes;

namespace Slug.Benchmarks;

/// <summary>What the service keeps resident once it has worked and has nothing to do.</summary>
internal sealed class IdleMemory : IBenchmark
{
    private const int Pushes = 10;
    private const double Most = 150;
    private static readonly TimeSpan idle = TimeSpan.FromSeconds(12);

    public string Name => "memory";

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        await using var slug = await Installation.StartAsync(cancellationToken);
        using var app = await PusherFolder.OfSampleAsync("procfile-hello", cancellationToken);
        for (var push = 0; push < Pushes; push++)
        {
            await app.CommitAsync("even", $"{push % 2}\n", cancellationToken);
            await app.PushAsync(slug.RemoteOf("idle"), cancellationToken);
        }

        await Task.Delay(idle, TimeProvider.System, cancellationToken);
        return [new Finding.Memory($"resident memory, {idle.TotalSeconds:0} s after {Pushes} pushes", slug.ResidentMegabytes(), Most)];
    }
}
