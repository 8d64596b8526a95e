using Slug.Apps;
using Slug.Hosting;

namespace Slug.Pushes;

/// <summary>Finds the repository that a git URL names.</summary>
internal sealed class Repositories(AppStore apps, DataDirectory data, PushOptions options)
{
    /// <summary>For a fetch, which makes nothing.</summary>
    public async Task<RepositoryResult> FindAsync(string name, CancellationToken cancellationToken) =>
        !AppName.TryParse(name, null, out var parsed) ? NotAName(name)
        : await apps.FindAsync(parsed, cancellationToken) is { } app ? Of(app)
        : new RepositoryResult.Refused($"SLUG1002: there is no app '{name}'; push to it to create it, or list those there are with 'slug apps'");

    /// <summary>For a push, whose first one creates the app.</summary>
    public async Task<RepositoryResult> FindOrCreateAsync(string name, string by, CancellationToken cancellationToken) =>
        AppName.TryParse(name, null, out var parsed)
            ? Of(await apps.FindAsync(parsed, cancellationToken) ?? await apps.FindOrCreateAsync(parsed, by, cancellationToken))
            : NotAName(name);

    /// <summary>The app's, made now where there was none.</summary>
    public RepositoryResult.Found Of(App app)
    {
        var repository = Repository.Of(app, data);
        repository.Ensure(options.DeployBranches[0]);
        return new(app, repository);
    }

    private static RepositoryResult.Refused NotAName(string name) =>
        new($"SLUG1001: '{Readable.Text(name)}' is not an app name; expected {AppName.Rule}; correct the remote's URL with 'git remote set-url'");
}
