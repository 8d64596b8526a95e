using System.Diagnostics;
using System.Globalization;

namespace Slug.Benchmarks.Scenes;

/// <summary>What one push told of its packing, and of what the same files cost other programs in the same container.</summary>
internal sealed record PackingRound(TimeSpan Packing, IReadOnlyDictionary<string, TimeSpan> Floors, IReadOnlyDictionary<string, long> Sizes);

/// <summary>An app whose buildpack has its tree ready, and runs <c>tar | PROGRAM</c> over it before Slug packs it.</summary>
internal sealed class PackedApp : IDisposable
{
    private const string Compile =
        """
        #!/usr/bin/env bash
        # "new 3" in the file 'round' names the tree anew, so that no layer of it is known; "same 3" leaves it as it was.
        set -euo pipefail
        cd "$1"
        read -r kind round < round
        rm -rf bench round .buildpacks
        [[ $kind == same ]] || mv tree "tree$round"
        measure() {
            local name=$1 start
            shift
            start=$(date +%s%N)
            tar -C "$BUILD" -c . | "$@" > "$TMPDIR/$name"
            echo "floor $name $(( ($(date +%s%N) - start) / 1000 )) $(stat -c %s "$TMPDIR/$name")"
            rm "$TMPDIR/$name"
        }
        BUILD=$1
        TMPDIR=${TMPDIR:-/tmp}
        measure sha256sum sha256sum
        [[ $kind == same ]] || measure zstd zstd -q -3 -T0
        [[ $kind == same ]] || measure pigz pigz -6
        """;

    private readonly PusherFolder folder;

    private PackedApp(PusherFolder folder) => this.folder = folder;

    /// <summary>The tree in the pusher's folder.</summary>
    public string Tree => folder.In("tree");

    public static async Task<PackedApp> MakeAsync(Func<string, CancellationToken, Task> makeTree, CancellationToken cancellationToken)
    {
        var folder = await PusherFolder.OfSampleAsync("procfile-hello", cancellationToken);
        var app = new PackedApp(folder);
        Directory.CreateDirectory(folder.In("bench/bin"));
        await File.WriteAllTextAsync(folder.In("bench/bin/detect"), "#!/bin/sh\necho Bench\n", cancellationToken);
        await File.WriteAllTextAsync(folder.In("bench/bin/compile"), Compile, cancellationToken);
        await File.WriteAllTextAsync(folder.In(".buildpacks"), "./bench\n", cancellationToken);
        await Programs.RunAsync(new("chmod", "+x", folder.In("bench/bin/detect"), folder.In("bench/bin/compile")), cancellationToken);
        await makeTree(app.Tree, cancellationToken);
        // git would tidy up after so many files, while others are measured.
        await folder.GitAsync(cancellationToken, "config", "gc.auto", "0");
        await folder.GitAsync(cancellationToken, "add", "--all", "--force");
        return app;
    }

    /// <summary>Pushes, and reads what the pusher reads.</summary>
    public async Task<PackingRound> PushAsync(string remote, string round, CancellationToken cancellationToken)
    {
        await folder.CommitAsync("round", $"{round}\n", cancellationToken);
        var (packing, packed) = (0L, 0L);
        var (floors, sizes) = (new Dictionary<string, TimeSpan>(), new Dictionary<string, long>());
        await foreach (var line in folder.PushLinesAsync(remote, cancellationToken))
        {
            if (line.Contains("-----> Packing the slug", StringComparison.Ordinal))
                packing = Stopwatch.GetTimestamp();
            else if (line.Contains("Packing: ", StringComparison.Ordinal))
                packed = Stopwatch.GetTimestamp();
            else if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, "floor", var name, var microseconds, var size])
                (floors[name], sizes[name]) = (TimeSpan.FromMicroseconds(long.Parse(microseconds, CultureInfo.InvariantCulture)), long.Parse(size, CultureInfo.InvariantCulture));
        }

        return new(Stopwatch.GetElapsedTime(packing, packed), floors, sizes);
    }

    public void Dispose() => folder.Dispose();
}
