using Slug.Api;
using Slug.Commands.Running;
using Slug.Commands.Services;
using Slug.Commands.Terminals;
using Slug.Engines;

namespace Slug.Commands.Setup;

/// <summary>Starts an app's web process, fetches its page and stops it again.</summary>
internal sealed class FirstPage(DockerEngine engine, ServiceClient client, Steps steps)
{
    private const int LinesShown = 10;
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(50);

    /// <returns>What to say of it.</returns>
    /// <exception cref="CommandException">It does not answer; the message quotes its output.</exception>
    public async Task<string> FetchAsync(string app, CancellationToken cancellationToken)
    {
        var launch = await client.GetAsync(ServiceRoute.Launch(app), ApiJson.Default.LaunchView, cancellationToken);
        await using var container = await new AppContainers(engine, client).CreateAsync(launch, RunPlan.Of(launch, [], null), cancellationToken);
        await container.StartAsync(cancellationToken);
        var page = await AnswerAsync(container, cancellationToken)
            ?? throw CommandException.Failure($"SLUG8027: '{app}' does not answer; it wrote:\n{LastLines.Of(await container.ReadLogAsync(cancellationToken), LinesShown)}");
        steps.Report(page);
        return $"{app} v{launch.Release} answered; stopped it again";
    }

    private static async Task<string?> AnswerAsync(AppContainer container, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < patience && !await container.HasEndedAsync(cancellationToken))
        {
            if (await container.FindUrlAsync(cancellationToken) is { } url && await TryFetchAsync(http, url, cancellationToken) is { } page)
                return $"GET {url}: {page}";
            await Task.Delay(pause, cancellationToken);
        }
        return null;
    }

    private static async Task<string?> TryFetchAsync(HttpClient http, Uri url, CancellationToken cancellationToken)
    {
        try
        {
            return LastLines.Of(await http.GetStringAsync(url, cancellationToken), 1);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
