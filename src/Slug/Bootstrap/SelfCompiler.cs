using Slug.Api;
using Slug.Commands;
using Slug.Commands.Remotes;
using Slug.Commands.Services;
using Slug.Commands.Terminals;
using Slug.Commands.Testing;
using Slug.Content;
using Slug.Content.Oci;

namespace Slug.Bootstrap;

/// <summary>Has a stage compile Slug as anybody would: an app, its config vars, and <c>git push</c>.</summary>
internal sealed class SelfCompiler(SelfSource source, Steps steps)
{
    /// <exception cref="CommandException">The push was rejected.</exception>
    public async Task<Compilation> CompileAsync(Stage stage, CancellationToken cancellationToken)
    {
        await ConfigureAsync(stage, cancellationToken);
        var started = TimeProvider.System.GetTimestamp();
        var tests = await PushAsync(stage, cancellationToken);
        var took = TimeProvider.System.GetElapsedTime(started);
        var launch = await stage.Client.GetAsync(ServiceRoute.Launch(SelfSource.App), ApiJson.Default.LaunchView, cancellationToken);
        var droplets = await stage.Client.GetAsync(ServiceRoute.Droplets(SelfSource.App), ApiJson.Default.IReadOnlyListDropletView, cancellationToken);
        var config = await ReadConfigAsync(stage, launch.Droplet, cancellationToken);
        return new()
        {
            Droplet = launch.Droplet,
            Layers = config.RootFileSystem.DiffIds,
            Labels = config.Process?.Labels ?? new Dictionary<string, string>(),
            Size = droplets.First(droplet => droplet.Digest == launch.Droplet).Size,
            Took = took,
            Tests = tests.Total > 0 ? tests : null,
        };
    }

    /// <summary>Hands the packages that one stage fetched to the next. The lock files pin each by its hash, so they spare time and decide nothing.</summary>
    public async Task PassCacheAsync(Stage from, Stage to, CancellationToken cancellationToken)
    {
        await ConfigureAsync(to, cancellationToken);
        var (giver, taker) = (await AppOfAsync(from.Client, cancellationToken), await AppOfAsync(to.Client, cancellationToken));
        foreach (var cache in Directory.EnumerateFiles(from.Data.Caches, $"{giver!.Id:D}.*.zst"))
            File.Copy(cache, Path.Combine(to.Data.Caches, Path.GetFileName(cache).Replace($"{giver.Id:D}", $"{taker!.Id:D}", StringComparison.Ordinal)), overwrite: true);
    }

    private async Task ConfigureAsync(Stage stage, CancellationToken cancellationToken)
    {
        var client = stage.Client;
        if (await AppOfAsync(client, cancellationToken) is null)
        {
            var name = JsonContent.Create(new() { ["name"] = SelfSource.App }, ApiJson.Default.DictionaryStringString);
            await client.SendAsync(HttpMethod.Post, ServiceRoute.Apps, name, ApiJson.Default.AppView, cancellationToken);
        }

        var config = ServiceRoute.Config(SelfSource.App);
        var known = await client.GetAsync(config, ApiJson.Default.IReadOnlyDictionaryStringString, cancellationToken);
        // The tests of this source passed when stage 1 compiled it.
        var vars = source.ConfigVars.Where(wanted => stage.Number == 1 || wanted.Key != SelfSource.TestProjects);
        var missing = vars.Where(wanted => known.GetValueOrDefault(wanted.Key) != wanted.Value).ToDictionary(wanted => wanted.Key, wanted => (string?)wanted.Value);
        if (missing.Count > 0)
            await client.SendAsync(
                HttpMethod.Patch, config, JsonContent.Create(missing, ApiJson.Default.DictionaryStringString), ApiJson.Default.IReadOnlyDictionaryStringString, cancellationToken);
    }

    private static async Task<AppView?> AppOfAsync(ServiceClient client, CancellationToken cancellationToken) =>
        (await client.GetAsync(ServiceRoute.Apps, ApiJson.Default.IReadOnlyListAppView, cancellationToken)).FirstOrDefault(app => app.Name == SelfSource.App);

    private async Task<TestTally> PushAsync(Stage stage, CancellationToken cancellationToken)
    {
        var tally = TestTally.None;
        try
        {
            await source.Git.ShowAsync(PushArguments(stage.Address), Show, cancellationToken);
            return tally;
        }
        catch (CommandException exception)
        {
            throw new CommandException(
                $"SLUG9802: stage {stage.Number} did not compile the commit '{source.Commit}'; the log above says why; mend it, then try again", ExitCode.UserError, exception);
        }

        void Show(string line)
        {
            tally += TestLine.Read(line);
            steps.Report(line);
        }
    }

    private IReadOnlyList<string> PushArguments(ServiceAddress address) =>
    [
        "-c", "credential.helper=", "-c", $"credential.helper={CredentialHelper.Reading(address.TokenFile!)}",
        "push", "--force", address.RepositoryOf(SelfSource.App).ToString(), $"{source.Pushed}:refs/heads/main",
    ];

    private static async Task<ImageConfig> ReadConfigAsync(Stage stage, Digest droplet, CancellationToken cancellationToken)
    {
        using var images = new OciLayout(stage.Data.Images);
        await using var blob = images.Blobs.OpenVerified(droplet)
            ?? throw CommandException.Failure($"SLUG9804: stage {stage.Number} released the droplet '{droplet}' and has no config of it in '{stage.Data.Images}'");
        using var json = new MemoryStream();
        await blob.CopyToAsync(json, cancellationToken);
        return OciJson.ReadConfig(json.ToArray());
    }
}
