using Slug.Benchmarks.Scenes;

namespace Slug.Benchmarks;

/// <summary>A push with one changed line, beside the first push of the same app.</summary>
internal sealed class SecondPush(string sample, string source, string line) : IBenchmark
{
    private const int Rounds = 3;
    private const double Most = 0.6;

    public string Name => $"second-{sample.Split('-')[0]}";

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        await using var slug = await Installation.StartAsync(cancellationToken);
        PusherFolder? app = null;
        try
        {
            var medians = await Interleaved.MeasureInOrderAsync(
                Rounds,
                async round =>
                {
                    app?.Dispose();
                    app = await PusherFolder.OfSampleAsync(sample, cancellationToken);
                    await slug.QuietAsync(cancellationToken);
                    return await app.PushAsync(slug.RemoteOf($"app{round}"), cancellationToken);
                },
                async round =>
                {
                    await app!.AppendAsync(source, line, cancellationToken);
                    await slug.QuietAsync(cancellationToken);
                    return await app.PushAsync(slug.RemoteOf($"app{round}"), cancellationToken);
                });
            return [new Finding.Times($"second push of {sample} with a changed line, to the first", medians, Most)];
        }
        finally
        {
            app?.Dispose();
        }
    }
}
