using System.Text.Json;
using Slug.Commands.Remotes;

namespace Slug.Bootstrap;

/// <summary>Slug's own source at one commit, and what its <c>app.json</c> asks for.</summary>
internal sealed record SelfSource
{
    /// <summary>The app that Slug is to itself; 'slug' is a path of the API.</summary>
    public const string App = "slug-itself";

    /// <summary>The config var that names the tests to be run before anything is published (buildpack dotnet).</summary>
    public const string TestProjects = "DOTNET_TEST_PROJECTS";

    private const string Solution = "Slug.sln";

    public required GitFolder Git { get; init; }

    public required string Commit { get; init; }

    public required string Tree { get; init; }

    /// <summary>What is pushed: the commit, or one of its tree alone where the clone is shallow and git would refuse it.</summary>
    public required string Pushed { get; init; }

    public required IReadOnlyDictionary<string, string> ConfigVars { get; init; }

    /// <summary>Files by their path: what the phase fetch puts into a droplet.</summary>
    public required IReadOnlySet<string> Files { get; init; }

    /// <exception cref="Commands.CommandException">The folder is no clone of Slug, or knows no such commit.</exception>
    public static async Task<SelfSource> ReadAsync(string folder, string reference, CancellationToken cancellationToken)
    {
        var git = new GitFolder(folder, environment: null);
        var commit = await git.RunAsync(["rev-parse", "--verify", "--end-of-options", $"{reference}^{{commit}}"], cancellationToken);
        var files = (await git.RunAsync(["ls-tree", "-r", "--name-only", "-z", commit], cancellationToken)).Split('\0').ToHashSet();
        if (!files.Contains(Solution))
            throw Commands.CommandException.User($"SLUG9801: the commit '{reference}' of '{folder}' holds no source of Slug (there is no {Solution}); name a commit of Slug, in a clone of it");
        return new()
        {
            Git = git,
            Commit = commit,
            Tree = await git.RunAsync(["rev-parse", $"{commit}^{{tree}}"], cancellationToken),
            Pushed = await PushableAsync(git, commit, cancellationToken),
            ConfigVars = files.Contains("app.json") ? ReadVars(await git.RunAsync(["show", $"{commit}:app.json"], cancellationToken)) : new Dictionary<string, string>(),
            Files = files,
        };
    }

    /// <summary>The config vars with a value of an <c>app.json</c>, each an object or the value itself (Heroku's app.json schema, "env").</summary>
    public static IReadOnlyDictionary<string, string> ReadVars(string appJson)
    {
        using var document = JsonDocument.Parse(appJson);
        if (!document.RootElement.TryGetProperty("env", out var variables))
            return new Dictionary<string, string>();
        return variables.EnumerateObject()
            .Select(variable => KeyValuePair.Create(variable.Name, ValueOf(variable.Value)))
            .Where(variable => variable.Value is not null)
            .ToDictionary(variable => variable.Key, variable => variable.Value!);
    }

    private static string? ValueOf(JsonElement variable) => variable.ValueKind switch
    {
        JsonValueKind.String => variable.GetString(),
        JsonValueKind.Object when variable.TryGetProperty("value", out var value) => value.GetString(),
        _ => null,
    };

    private static async Task<string> PushableAsync(GitFolder git, string commit, CancellationToken cancellationToken) =>
        await git.RunAsync(["rev-parse", "--is-shallow-repository"], cancellationToken) == "false"
            ? commit
            : await git.RunAsync(["-c", "user.name=Slug", "-c", "user.email=slug@localhost", "commit-tree", "-m", commit, $"{commit}^{{tree}}"], cancellationToken);
}
