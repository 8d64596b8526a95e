using System.Text.Json;
using Slug.Content;
using Slug.Content.Tar;
using Slug.Content.Wire;

namespace Slug.Builder.Rehearsals;

/// <summary>
/// A build of nothing while the builder waits for its own: what runs for the first time is loaded and compiled,
/// which took as long as the rest of a small build.
/// </summary>
internal sealed class Rehearsal(string folder)
{
    // What it says is a name to detect, and to release a map of nothing.
    private const string Script = "#!/bin/sh\necho '--- {}'\n";
    private const long Plenty = 1 << 20;

    /// <summary>Gives the job as soon as it is there. What is under way then, the rehearsal or what is to be done after it, ends.</summary>
    public static async Task<BuildJob> WhileAsync(Task<BuildJob> next, Func<CancellationToken, Task> then, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var rehearsing = Task.Run(
            async () =>
            {
                await RunAsync(over.Token);
                await then(over.Token);
            },
            over.Token);
        await Task.WhenAny(next, rehearsing);
        await over.CancelAsync();
        // Nothing depends on how it went.
        await rehearsing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return await next;
    }

    private static async Task RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("slug-rehearsal-");
        try
        {
            await new Rehearsal(folder.FullName).BuildAsync(cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <returns>The exit code that a real build would end with.</returns>
    internal async Task<int> BuildAsync(CancellationToken cancellationToken)
    {
        var buildpack = await BuildpackAsync(cancellationToken);
        using var service = new HttpClient(new RehearsalService(buildpack)) { BaseAddress = new("http://rehearsal/") };
        var job = Reread(new()
        {
            BuildId = "rehearsal",
            App = "rehearsal",
            Buildpacks = [new("rehearsal", Digest.Of(buildpack))],
            Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" },
            ConfigVars = new Dictionary<string, string>(),
            DropletLimit = Plenty,
            MemoryLimit = Plenty,
            ProcessLimit = 1,
        });
        var paths = new BuilderPaths { App = In("app"), Cache = In("cache"), ConfigVars = In("env"), Buildpacks = In("buildpacks"), LastCommand = In("command"), Steps = In("steps") };
        return await new Build(job, paths, new(service, job.BuildId), TimeProvider.System).RunAsync(cancellationToken);
    }

    private async Task<byte[]> BuildpackAsync(CancellationToken cancellationToken)
    {
        foreach (var program in (string[])["detect", "compile", "release"])
            await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(In("pack/bin")).FullName, program), Script, cancellationToken);
        using var tar = new MemoryStream();
        await LayerTar.WriteAsync(In("pack"), ".", tar, cancellationToken);
        return tar.ToArray();
    }

    private static BuildJob Reread(BuildJob job) =>
        JsonSerializer.Deserialize(JsonSerializer.SerializeToUtf8Bytes(job, WireJson.Default.BuildJob), WireJson.Default.BuildJob)!;

    private string In(string name) => Path.Combine(folder, name);
}
