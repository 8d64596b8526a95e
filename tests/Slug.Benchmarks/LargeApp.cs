using Slug.Benchmarks.Scenes;

namespace Slug.Benchmarks;

/// <summary>How far the service's memory rises above what it has after a small push, while a large app is pushed, built and released.</summary>
internal sealed class LargeApp(string name, string what, Func<PusherFolder, CancellationToken, Task> commitAsync) : IBenchmark
{
    private const double Most = 100;

    public string Name => name;

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        await using var slug = await Installation.StartAsync(cancellationToken, "--push-limit", "2G", "--source-limit", "2G", "--slug-limit", "2G");
        using var app = await PusherFolder.OfSampleAsync("procfile-hello", cancellationToken);
        await app.PushAsync(slug.RemoteOf("large"), cancellationToken);
        await slug.QuietAsync(cancellationToken);
        var before = slug.ResidentMegabytes();

        await commitAsync(app, cancellationToken);
        await app.PushAsync(slug.RemoteOf("large"), cancellationToken);

        return [new Finding.Memory($"growth of the service's memory, {what}", slug.PeakMegabytes() - before, Most)];
    }
}
