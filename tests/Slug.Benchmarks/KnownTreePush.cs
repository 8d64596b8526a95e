using Slug.Benchmarks.Scenes;

namespace Slug.Benchmarks;

/// <summary>A new commit of a tree that Slug has compiled before, pushed to Slug and to a bare repository behind <c>git http-backend</c>.</summary>
internal sealed class KnownTreePush : IBenchmark
{
    private const int Rounds = 25;
    private const double Most = 100;

    public string Name => "push";

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        await using var slug = await Installation.StartAsync(cancellationToken);
        await using var peer = await HttpBackend.StartAsync(cancellationToken);
        using var app = await PusherFolder.OfSampleAsync("procfile-hello", cancellationToken);
        var medians = await Interleaved.MeasureAsync(
            Rounds,
            round => PushAsync(app, slug.RemoteOf("known"), round, cancellationToken),
            round => PushAsync(app, peer.Remote, round, cancellationToken));
        return [new Finding.Added("push of a known tree, over git http-backend", medians, Most)];
    }

    private static async Task<TimeSpan> PushAsync(PusherFolder app, string remote, int round, CancellationToken cancellationToken)
    {
        await app.GitAsync(cancellationToken, "commit", "--quiet", "--allow-empty", $"--message={round}");
        return await app.PushAsync(remote, cancellationToken);
    }
}
