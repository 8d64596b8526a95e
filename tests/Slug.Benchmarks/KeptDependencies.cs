using Slug.Benchmarks.Scenes;

namespace Slug.Benchmarks;

/// <summary>A push of the node sample with one changed line of source, beside <c>docker build</c> of the same change.</summary>
internal sealed class KeptDependencies : IBenchmark
{
    private const int Rounds = 9;
    private const double Most = 2;

    public string Name => "dockerfile";

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        await using var slug = await Installation.StartAsync(cancellationToken);
        using var app = await PusherFolder.OfSampleAsync("node-hello", cancellationToken);
        using var peer = await DockerfileBuild.StartAsync(slug, cancellationToken);
        await app.PushAsync(slug.RemoteOf("kept"), cancellationToken);
        var medians = await Interleaved.MeasureAsync(
            Rounds,
            async round =>
            {
                await app.CommitAsync("changed.js", $"// {round}\n", cancellationToken);
                await slug.QuietAsync(cancellationToken);
                return await app.PushAsync(slug.RemoteOf("kept"), cancellationToken);
            },
            async round =>
            {
                await slug.QuietAsync(cancellationToken);
                return await peer.RunAsync("changed.js", $"// {round}\n", cancellationToken);
            });
        return [new Finding.Times("changed source of node-hello, to docker build with a cache-ordered Dockerfile", medians, Most)];
    }
}
