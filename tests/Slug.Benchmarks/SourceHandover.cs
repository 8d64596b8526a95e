using System.Diagnostics;
using Slug.Benchmarks.Scenes;
using Slug.Content.Tar;

namespace Slug.Benchmarks;

/// <summary>A source of 50,000 files on its way into a build: the service's archive over its socket and the builder's extraction, beside <c>git archive | tar x</c>.</summary>
internal sealed class SourceHandover : IBenchmark
{
    private const int Rounds = 3;
    private const int Files = 50_000;
    private const double Most = 2;

    public string Name => "handover";

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        using var work = new TemporaryFolder();
        var source = await LargeSource.MakeAsync(work, Files, cancellationToken);
        await using var door = await SourceDoor.OpenAsync(work, source, cancellationToken);
        var medians = await Interleaved.MeasureAsync(
            Rounds,
            _ => IntoAsync(work.In("ours"), async folder =>
            {
                await using var tar = await door.GetAsync(cancellationToken);
                await TarExtraction.ExtractAsync(tar, folder, cancellationToken);
            }),
            _ => IntoAsync(work.In("floor"), folder => PipeAsync(source.Repository.Directory, folder, cancellationToken)));
        return [new Finding.Times($"source of {Files:N0} files, to git archive | tar x", medians, Most)];
    }

    private static Task<string> PipeAsync(string repository, string folder, CancellationToken cancellationToken) =>
        Programs.RunAsync(new("sh", "-c", """git --git-dir="$1" archive --format=tar main | tar -x -C "$2" """, "sh", repository, folder), cancellationToken);

    private static async Task<TimeSpan> IntoAsync(string folder, Func<string, Task> extract)
    {
        Directory.CreateDirectory(folder);
        var start = Stopwatch.GetTimestamp();
        await extract(folder);
        var taken = Stopwatch.GetElapsedTime(start);
        Directory.Delete(folder, recursive: true);
        return taken;
    }
}
