using Slug.Builder.Protocol;
using Slug.Content;
using Slug.Content.Tar;
using Slug.Content.Wire;

namespace Slug.Builder.Tests.Support;

/// <summary>
/// One build of the real phases, in folders of its own, against a service on a real socket. Scenes run one after the other:
/// while one starts a process, that holds for a moment all that the others have open, and a program that they have just
/// written cannot be started ("text file busy").
/// </summary>
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
            Steps = folder.At("steps"),
            Staged = folder.At("staged"),
            Cgroups = folder.At("cgroup"),
        };
        Directory.CreateDirectory(Paths.Cgroups);
    }

    public ServiceDouble Service { get; }

    public BuilderPaths Paths { get; }

    public Dictionary<string, string> ConfigVars { get; } = [];

    public bool Chosen { get; set; }

    public bool IsTest { get; set; }

    public bool IsVerification { get; set; }

    public bool IsSlug { get; set; }

    public long CacheLimit { get; set; } = 1 << 30;

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

    /// <summary>A source of bash programs that are executable, each without its first line.</summary>
    public BuildScene Programs(params (string Name, string Content)[] programs)
    {
        Service.Source = TarBytes.Of((UnixFileMode)0b111_101_101, [.. programs.Select(program => (program.Name, $"#!/bin/bash\n{program.Content}\n"))]);
        return this;
    }

    /// <summary>One of the buildpacks that come with Slug.</summary>
    public BuildScene BuiltIn(string name)
    {
        var tar = new MemoryStream();
        LayerTar.WriteAsync(Path.Combine(Checkout, "buildpacks", name), ".", LayerModes.AsGit, tar, CancellationToken.None).GetAwaiter().GetResult();
        var digest = Digest.Of(tar.ToArray());
        Service.Buildpacks[digest] = tar.ToArray();
        buildpacks.Add(new(name, digest));
        return this;
    }

    /// <summary>A folder of the source as buildpack.</summary>
    public BuildScene Folder(string name)
    {
        buildpacks.Add(new(name, null));
        return this;
    }

    /// <summary>The service keeps what another scene's steps made.</summary>
    public BuildScene After(BuildScene earlier)
    {
        foreach (var step in ((BuildOutcome.Succeeded)earlier.Result!).Steps)
            Service.Steps[step.Key.ToString()] = new() { Layer = step.Layer, StoredSize = step.Layer.Size, ForRunAlone = step.ForRunAlone, Build = "b0" };
        foreach (var (digest, blob) in earlier.Service.Blobs)
            Service.Blobs[digest] = blob;
        return this;
    }

    public async Task<int> RunAsync(CancellationToken cancellationToken = default)
    {
        if (!Service.HasStarted)
            await Service.StartAsync();
        Service.Job = new BuildJob
        {
            BuildId = "b1",
            App = "sample",
            Buildpacks = buildpacks,
            BuildpacksChosen = Chosen,
            IsTest = IsTest,
            IsVerification = IsVerification,
            IsSlug = IsSlug,
            Environment = new Dictionary<string, string> { ["PATH"] = "/usr/local/bin:/usr/bin:/bin", ["HOME"] = Paths.App, ["STACK"] = "heroku-22" },
            ConfigVars = ConfigVars,
            CacheLimit = CacheLimit,
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

    private static string Checkout { get; } = FindCheckout(AppContext.BaseDirectory);

    private static string FindCheckout(string folder) =>
        File.Exists(Path.Combine(folder, "Slug.sln")) ? folder : FindCheckout(Path.GetDirectoryName(folder)!);

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        folder.Dispose();
    }
}
