using System.Globalization;
using Slug.Apps;
using Slug.Hosting;
using Slug.Pushes;
using Slug.Remotes;

namespace Slug.Sources.Submodules;

/// <summary>Brings a submodule's commit into an app's repository, where a hidden ref holds it from then on.</summary>
internal sealed class SubmoduleFetch(Git git, GitTransport transport, DataDirectory data, SourceOptions options)
{
    private const int ErrorLimit = 4096;

    /// <summary>Fetches from another app of this Slug. Gives why it cannot be had, without a code; null once it is there.</summary>
    public Task<string?> FromAppAsync(Repository repository, App app, ObjectId commit, CancellationToken cancellationToken) =>
        FetchAsync(repository, ["--end-of-options", Repository.Of(app, data).Directory], commit, [], "file", cancellationToken);

    /// <summary>Fetches from a host by http or https, likewise; for a commit that has no history here, without its own.</summary>
    public async Task<string?> FromHostAsync(Repository repository, Uri url, ObjectId commit, Origin? origin, CancellationToken cancellationToken)
    {
        try
        {
            var settings = await transport.SettingsAsync(url, origin?.CredentialsFor(url), cancellationToken);
            string[] depth = origin is null ? [] : ["--depth=1"];
            return await FetchAsync(repository, [.. depth, "--end-of-options", url.AbsoluteUri], commit, settings, "http:https", cancellationToken);
        }
        catch (RemoteException exception)
        {
            return exception.Message;
        }
    }

    private async Task<string?> FetchAsync(
        Repository repository, IReadOnlyList<string> from, ObjectId commit, IReadOnlyList<KeyValuePair<string, string>> settings, string protocols, CancellationToken cancellationToken)
    {
        var held = RefName.Parse($"refs/slug/modules/{commit}");
        if (new References(repository).Find(held) is not null)
            return null;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.FetchTimeout);
        string[] quietly = ["--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--no-auto-maintenance"];
        var command = git.Command(repository, ["fetch", .. quietly, .. from, $"{commit}:{held}"]) with { OwnSession = true, CaptureLimit = ErrorLimit };
        try
        {
            var fetched = await GitSettings.With(command, protocols, settings).RunAsync(patience.Token);
            return fetched.Succeeded ? null : $"git says: {Said(fetched.Error)}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return string.Create(CultureInfo.InvariantCulture, $"it did not arrive within {options.FetchTimeout.TotalSeconds:0} s");
        }
    }

    private static string Said(string error) =>
        Readable.Text(string.Join("; ", error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));
}
