using Slug.Benchmarks.Scenes;

namespace Slug.Benchmarks;

/// <summary>A push that compiles, from its first byte to git's end, beside the buildpack alone in a container of the same image.</summary>
internal sealed class SmallAppBuild(string buildpack) : IBenchmark
{
    private const int Rounds = 9;
    private const double Most = 500;

    public string Name => $"build-{buildpack}";

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        await using var slug = await Installation.StartAsync(cancellationToken);
        using var app = await PusherFolder.OfSampleAsync($"{buildpack}-hello", cancellationToken);
        var alone = await BuildpackAlone.StartAsync(slug, buildpack, cancellationToken);
        var medians = await Interleaved.MeasureAsync(
            Rounds,
            async round =>
            {
                await app.CommitAsync("round", $"{round}\n", cancellationToken);
                await slug.QuietAsync(cancellationToken);
                return await app.PushAsync(slug.RemoteOf("small"), cancellationToken);
            },
            async _ =>
            {
                await slug.QuietAsync(cancellationToken);
                return await alone.RunAsync(cancellationToken);
            });
        return [new Finding.Added($"push and build of {buildpack}-hello, over its buildpack", medians, Most)];
    }
}
