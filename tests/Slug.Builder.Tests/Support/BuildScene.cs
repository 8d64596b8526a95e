using Slug.Builder.Protocol;
using Slug.Content;
using Slug.Content.Wire;

namespace Slug.Builder.Tests.Support;

/// <summary>One build of the real phases, in folders of its own, against a service on a real socket.</summary>
internal sealed class BuildScene : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<BuildpackReference> buildpacks = [];

    public BuildScene()
    {
        Service = new(folder.At("s"));
        Paths = new()
        {
            App = folder.At("app"),
            Cache = folder.At("cache"),
            ConfigVars = folder.At("env"),
            Buildpacks = folder.At("bp"),
            LastCommand = folder.At("command"),
            Cgroups = folder.At("cgroup"),
        };
        Directory.CreateDirectory(Paths.Cgroups);
    }

    public ServiceDouble Service { get; }

    public BuilderPaths Paths { get; }

    public Dictionary<string, string> ConfigVars { get; } = [];

    public bool Chosen { get; set; }

    public bool HasCache { get; set; }

    public long DropletLimit { get; set; } = 1 << 30;

    public BuildOutcome? Result => Service.Result;

    public IEnumerable<string> Lines => Service.Lines;

    public BuildScene Source(params (string Name, string Content)[] files)
    {
        Service.Source = TarBytes.Of(files);
        return this;
    }

    /// <summary>A buildpack of bash programs, each without its first line; an empty one is absent.</summary>
    public BuildScene Buildpack(string name, string detect = "echo Test", string compile = "true", string release = "", params (string Name, string Content)[] more)
    {
        (string Name, string Content)[] programs = [("bin/detect", detect), ("bin/compile", compile), ("bin/release", release)];
        var tar = TarBytes.Of([.. programs.Where(program => program.Content.Length > 0).Select(program => (program.Name, "#!/bin/bash\n" + program.Content + "\n")), .. more]);
        var digest = Digest.Of(tar);
        Service.Buildpacks[digest] = tar;
        buildpacks.Add(new(name, digest));
        return this;
    }

    public async Task<int> RunAsync(CancellationToken cancellationToken = default)
    {
        await Service.StartAsync();
        Service.Job = new BuildJob
        {
            BuildId = "b1",
            App = "sample",
            Buildpacks = buildpacks,
            BuildpacksChosen = Chosen,
            Environment = new Dictionary<string, string> { ["PATH"] = "/usr/local/bin:/usr/bin:/bin", ["HOME"] = Paths.App, ["STACK"] = "heroku-22" },
            ConfigVars = ConfigVars,
            HasCache = HasCache,
            DropletLimit = DropletLimit,
            MemoryLimit = 2L << 30,
            ProcessLimit = 1024,
        };
        using var http = ServiceConnection.Open(Service.Socket, ServiceDouble.Token);
        var job = await new JobPoll(http, TimeProvider.System).NextAsync(cancellationToken);
        var exitCode = await new Build(job, Paths, new(http, job.BuildId), TimeProvider.System).RunAsync(cancellationToken);
        await TestContext.Out.WriteLineAsync($"{Result}\n{string.Join('\n', Lines.Take(50))}");
        return exitCode;
    }

    public void Cgroup(string file, string content)
    {
        var path = Path.Combine(Paths.Cgroups, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    public string App(string name) => File.ReadAllText(Path.Combine(Paths.App, name));

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        folder.Dispose();
    }
}
