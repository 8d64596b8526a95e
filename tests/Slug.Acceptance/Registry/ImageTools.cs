namespace Slug.Acceptance.Registry;

/// <summary>Docker, skopeo and umoci of Debian, logged in to one installation's registry; what they pulled goes with it.</summary>
internal sealed class ImageTools : IAsyncDisposable
{
    private readonly Dictionary<string, string> environment;
    private readonly HashSet<string> images = [];

    private ImageTools(Installation slug)
    {
        Registry = new Uri(slug.Url).Authority;
        environment = new() { ["DOCKER_CONFIG"] = Folder, ["REGISTRY_AUTH_FILE"] = Path.Combine(Folder, "config.json") };
    }

    /// <summary>Holds docker's config.json, and has room for a test's files.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("slug-images-").FullName;

    /// <summary>Host and port.</summary>
    public string Registry { get; }

    public static async Task<ImageTools> LogInAsync(Installation slug, CancellationToken cancellationToken)
    {
        var tools = new ImageTools(slug);
        await tools.LogInAsync(tools.Registry, "slug", slug.Token, cancellationToken);
        return tools;
    }

    public async Task LogInAsync(string registry, string user, string password, CancellationToken cancellationToken)
    {
        await using var docker = RunningProgram.Start("docker", ["login", "--username", user, "--password-stdin", registry], environment: environment, input: password);
        var login = await docker.EndAsync(cancellationToken);
        Assert.That(login.Output, Does.Contain("Login Succeeded"));
    }

    /// <summary>Runs a program, which has to succeed; gives what it said.</summary>
    public async Task<string> RunAsync(CancellationToken cancellationToken, params string[] command)
    {
        var result = await TryAsync(cancellationToken, command);
        Assert.That(result.ExitCode, Is.Zero, $"{string.Join(' ', command)}\n{result.Output}");
        return result.Output.Trim();
    }

    public async Task<ProgramResult> TryAsync(CancellationToken cancellationToken, params string[] command)
    {
        await using var running = RunningProgram.Start(command[0], command[1..], environment: environment);
        return await running.EndAsync(cancellationToken);
    }

    /// <summary>Pulls an image into the engine, until this is disposed.</summary>
    public async Task PullAsync(string image, CancellationToken cancellationToken)
    {
        images.Add(image);
        await RunAsync(cancellationToken, "docker", "pull", "--quiet", image);
    }

    /// <summary>Starts an image as <c>docker run</c> does, asks it once it answers, and removes it.</summary>
    public async Task<string> AnswerAsync(string image, CancellationToken cancellationToken)
    {
        var container = (await RunAsync(cancellationToken, "docker", "run", "--detach", "--env", "PORT=5000", "--publish", "127.0.0.1:0:5000", image)).Split('\n')[^1];
        try
        {
            var address = (await RunAsync(cancellationToken, "docker", "port", container, "5000")).Split('\n')[0];
            // Not --show-error: what it says while the app does not listen yet is no part of the answer.
            return await RunAsync(
                cancellationToken, "curl", "--silent", "--retry", "60", "--retry-delay", "1", "--retry-all-errors", $"http://{address}/");
        }
        finally
        {
            await TryAsync(CancellationToken.None, "docker", "rm", "--force", container);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var image in images)
            await TryAsync(CancellationToken.None, "docker", "rmi", "--force", image);
        Directory.Delete(Folder, recursive: true);
    }
}
