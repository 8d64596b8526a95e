using System.Diagnostics;
using Slug.Hosting;
using Slug.Stacks;

namespace Slug.Benchmarks.Scenes;

/// <summary>The node sample by <c>docker build</c> with BuildKit, its Dockerfile ordered for the cache, on the stack's build image.</summary>
internal sealed class DockerfileBuild : IDisposable
{
    // Debian's own client speaks BuildKit by itself; another one in front of it may lack the plug-in for it.
    private static readonly string[] clients = ["docker", "/usr/bin/docker"];

    private readonly TemporaryFolder folder = new();
    private readonly string label;
    private string client = "";

    private DockerfileBuild(string label) => this.label = label;

    /// <summary>Has built once: what the lockfile lists is a layer.</summary>
    public static async Task<DockerfileBuild> StartAsync(Installation slug, CancellationToken cancellationToken)
    {
        var build = new DockerfileBuild(slug.Label);
        await Programs.RunAsync(new("cp", "--archive", $"{Machine.Sample("node-hello")}/.", build.folder.Path), cancellationToken);
        var bundle = Environment.GetEnvironmentVariable("SSL_CERT_FILE") ?? "/etc/ssl/certs/ca-certificates.crt";
        File.Copy(bundle, build.folder.In("ca.crt"));
        await File.WriteAllTextAsync(build.folder.In(".dockerignore"), "Dockerfile\n.dockerignore\n", cancellationToken);
        await File.WriteAllTextAsync(build.folder.In("Dockerfile"), await TextAsync(slug, cancellationToken), cancellationToken);
        foreach (var candidate in clients)
        {
            build.client = candidate;
            if ((await build.Command.RunAsync(cancellationToken)).Succeeded)
                return build;
        }

        await Programs.RunAsync(build.Command, cancellationToken);
        return build;
    }

    /// <returns>How long a build of this change took.</returns>
    public async Task<TimeSpan> RunAsync(string file, string content, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(folder.In(file), content, cancellationToken);
        var start = Stopwatch.GetTimestamp();
        await Programs.RunAsync(Command, cancellationToken);
        return Stopwatch.GetElapsedTime(start);
    }

    public void Dispose() => folder.Dispose();

    private ChildProcess Command => new(client, "build", "--quiet", "--network", "host", "--label", label, folder.Path)
    {
        Environment = new Dictionary<string, string> { ["PATH"] = "/usr/local/bin:/usr/bin:/bin", ["HOME"] = folder.Path, ["DOCKER_BUILDKIT"] = "1" },
    };

    private static async Task<string> TextAsync(Installation slug, CancellationToken cancellationToken)
    {
        var stacks = new StackCatalog(Path.Combine(Machine.Root, "stacks"), new(slug.Engine, Instance.Of(slug.Data).Id));
        var stack = await stacks.FindBuiltAsync("bookworm", cancellationToken) ?? throw new InvalidOperationException("the stack is not built: ./slug stacks build");
        var name = await Programs.RunAsync(new("docker", "image", "inspect", "--format", "{{index .RepoTags 0}}", stack.BuildImage.ToString()), cancellationToken);
        return $"""
            FROM {name.Trim()}
            USER root
            WORKDIR /app
            ENV HOME=/root npm_config_cafile=/ca.crt
            COPY ca.crt /ca.crt
            COPY package.json package-lock.json ./
            RUN npm ci --omit=dev
            COPY . .
            CMD ["npm", "start"]

            """;
    }
}
