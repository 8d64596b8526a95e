using System.Globalization;
using Slug.Engines;
using Slug.Engines.Wire;
using Slug.Hosting;
using Slug.Stacks;

namespace Slug.Benchmarks.Scenes;

/// <summary>A buildpack run by hand in a container like those of builds: nobody fetches, packs or reports.</summary>
internal sealed class BuildpackAlone(string container)
{
    // The clock starts and stops inside: what it takes to get into the container is not the buildpack's.
    private const string Script =
        """
        set -e
        find /app -mindepth 1 -delete
        cp -r /slug/sample/. /app
        mkdir -p /tmp/cache /tmp/env
        start=$(date +%s%N)
        /slug/buildpack/bin/detect /app >/dev/null
        /slug/buildpack/bin/compile /app /tmp/cache /tmp/env >/dev/null 2>&1
        /slug/buildpack/bin/release /app >/dev/null
        echo $((($(date +%s%N) - start) / 1000))
        """;

    /// <summary>The container goes with the installation.</summary>
    public static async Task<BuildpackAlone> StartAsync(Installation slug, string buildpack, CancellationToken cancellationToken)
    {
        var stacks = new StackCatalog(Path.Combine(Machine.Root, "stacks"), new(slug.Engine, Instance.Of(slug.Data).Id));
        var stack = await stacks.FindBuiltAsync("bookworm", cancellationToken) ?? throw new InvalidOperationException("the stack is not built: ./slug stacks build");
        var (label, value) = slug.Label.Split('=') is [var left, var right] ? (left, right) : throw new FormatException(slug.Label);
        var spec = new BuildContainer
        {
            Image = stack.BuildImage.ToString(),
            Command = ["sleep", "infinity"],
            Labels = new Dictionary<string, string> { [label] = value },
            Network = "none",
            Environment = new Dictionary<string, string> { ["HOME"] = "/app", ["CI"] = "true", ["LANG"] = "C.UTF-8", ["STACK"] = stack.StandsInFor, ["SOURCE_DATE_EPOCH"] = "315532801" },
            Mounts = [Mount.Readable(Machine.Buildpack(buildpack), "/slug/buildpack"), Mount.Readable(Machine.Sample($"{buildpack}-hello"), "/slug/sample")],
        }.ToSpec();
        var id = await slug.Engine.Containers.CreateAsync($"slug-{value}-alone", spec, cancellationToken);
        await slug.Engine.Containers.StartAsync(id, cancellationToken);
        return new(id);
    }

    public async Task<TimeSpan> RunAsync(CancellationToken cancellationToken)
    {
        var microseconds = await Programs.RunAsync(new("docker", "exec", container, "bash", "-c", Script), cancellationToken);
        return TimeSpan.FromMicroseconds(double.Parse(microseconds, CultureInfo.InvariantCulture));
    }
}
