using System.Diagnostics;
using Slug.Benchmarks.Scenes;
using Slug.Commands.Services;

namespace Slug.Benchmarks;

/// <summary>What a pusher waits while an app's tree is packed and handed in, beside <c>tar</c> and other programs over the same files in the same container; and its <c>slug.tgz</c>.</summary>
internal sealed class Packing(string what, Func<string, CancellationToken, Task> makeTree) : IBenchmark
{
    private const int Rounds = 5;
    private const string App = "packed";

    public string Name => "packing";

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        await using var slug = await Installation.StartAsync(cancellationToken, "--push-limit", "2G", "--source-limit", "2G");
        using var app = await PackedApp.MakeAsync(makeTree, cancellationToken);
        var same = await RoundsAsync(slug, app, "same", cancellationToken);
        var news = await RoundsAsync(slug, app, "new", cancellationToken);
        var gzipSize = 0L;
        var gzip = await Interleaved.MeasureAsync(
            Rounds,
            async _ =>
            {
                var start = Stopwatch.GetTimestamp();
                gzipSize = await slug.DownloadAsync(ServiceRoute.Slug(App), cancellationToken);
                return Stopwatch.GetElapsedTime(start);
            },
            async _ =>
            {
                var start = Stopwatch.GetTimestamp();
                await Programs.RunAsync(new("sh", "-c", """tar -C "$1" -c . | pigz -6 > /dev/null""", "sh", app.Tree), cancellationToken);
                return Stopwatch.GetElapsedTime(start);
            });
        var stored = await slug.DropletSizeAsync(App, cancellationToken);
        var pigz = news[^1].Sizes["pigz"];
        return
        [
            new Finding.Times($"{what}: new tree packed and handed in, to tar | zstd -3 -T0", MediansOf(news, "zstd"), 1.3),
            new Finding.Times($"{what}: the same, to tar | pigz -6", MediansOf(news, "pigz"), 1 / 3d),
            new Finding.Size($"{what}: droplet, to tar | pigz -6", stored, pigz, 1),
            new Finding.Times($"{what}: unchanged tree, to tar | sha256sum", MediansOf(same, "sha256sum"), 2),
            new Finding.Times($"{what}: slug.tgz, to tar | pigz -6", gzip, 1 / 1.4),
            new Finding.Size($"{what}: slug.tgz, to tar | pigz -6", gzipSize, pigz, 1.05),
        ];
    }

    // The first push of each kind is not counted: of the unchanged tree it is the one that stores it.
    private static async Task<List<PackingRound>> RoundsAsync(Installation slug, PackedApp app, string kind, CancellationToken cancellationToken)
    {
        var rounds = new List<PackingRound>();
        for (var round = 0; round <= Rounds; round++)
        {
            await slug.QuietAsync(cancellationToken);
            rounds.Add(await app.PushAsync(slug.RemoteOf(App), $"{kind} {round}", cancellationToken));
            Console.WriteLine($"       {kind} {round}: {rounds[^1].Packing.TotalMilliseconds:0} ms, {string.Join(", ", rounds[^1].Floors.Select(floor => $"{floor.Key} {floor.Value.TotalMilliseconds:0} ms"))}");
        }

        return rounds[1..];
    }

    private static Medians MediansOf(List<PackingRound> rounds, string floor) =>
        Interleaved.MediansOf([.. rounds.Select(round => round.Packing)], [.. rounds.Select(round => round.Floors[floor])]);
}
