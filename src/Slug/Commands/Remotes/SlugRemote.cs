using Slug.Commands.Services;

namespace Slug.Commands.Remotes;

/// <summary>The remote <c>slug</c> of a work tree, and the credential helper for its URL alone.</summary>
internal sealed class SlugRemote(GitFolder git, ServiceAddress address)
{
    public const string Name = "slug";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Adds the remote, or moves it to this service and app.</summary>
    public async Task<Uri> SetAsync(string app, CancellationToken cancellationToken)
    {
        var url = address.RepositoryOf(app);
        var known = await git.TryAsync(["remote", "get-url", Name], cancellationToken);
        if (known.Succeeded)
            await git.TryAsync(["config", "--local", "--remove-section", $"credential.{known.Output.Trim()}"], cancellationToken);
        await git.RunAsync(["remote", known.Succeeded ? "set-url" : "add", Name, url.ToString()], cancellationToken);
        await SetHelperAsync($"credential.{url}.helper", cancellationToken);
        return url;
    }

    // The empty value first: helpers from elsewhere are not asked, and keep no copy of the token.
    private async Task SetHelperAsync(string key, CancellationToken cancellationToken)
    {
        var tokenFile = address.TokenFile ?? await KeepTokenAsync(cancellationToken);
        await git.RunAsync(["config", "--local", "--replace-all", key, ""], cancellationToken);
        await git.RunAsync(["config", "--local", "--add", key, CredentialHelper.Reading(tokenFile)], cancellationToken);
    }

    private async Task<string> KeepTokenAsync(CancellationToken cancellationToken)
    {
        var path = await git.RunAsync(["rev-parse", "--path-format=absolute", "--git-path", "slug-token"], cancellationToken);
        File.Delete(path);
        await using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });
        await using var writer = new StreamWriter(file);
        await writer.WriteLineAsync(address.Token.AsMemory(), cancellationToken);
        return path;
    }
}
