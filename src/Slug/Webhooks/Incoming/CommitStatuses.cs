using System.Net.Http.Headers;
using Slug.Remotes;
using Slug.Webhooks.Incoming.Forges;

namespace Slug.Webhooks.Incoming;

/// <summary>Tells forges what becomes of their commits. That they do not listen changes nothing of the build.</summary>
internal sealed class CommitStatuses(RemoteHosts hosts, RemoteOptions options, RemoteAttempts attempts, DeliveryStore deliveries, ILogger<CommitStatuses> log) : IDisposable
{
    private readonly HttpClient http = new(NoRedirection(RemoteHandler.Create(hosts, options))) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Says the state of a delivery's commit, where its hook has a token to say it with.</summary>
    public async Task TellAsync(Hook hook, Delivery delivery, string state, string description, CancellationToken cancellationToken)
    {
        if (hook.StatusToken is not { } token)
            return;
        var api = hook.Api is { } named ? new Uri(named.TrimEnd('/') + "/") : hook.Forge.ApiOf(new(delivery.Url!));
        if (hook.Forge.StatusOf(StatusOf(hook, delivery, api, state, description), token) is not { } call)
            return;
        var url = new Uri(api, call.Path);
        var told = state;
        try
        {
            await attempts.RunAsync(url.AbsoluteUri, stop => PostAsync(url, call, stop), _ => { }, cancellationToken);
        }
        catch (RemoteException exception)
        {
            told = $"SLUG6220: '{state}' could not be told ({exception.Message}); see that the hook's token may write statuses of commits";
            log.StatusNotTold(hook.App.Name, hook.Name, told);
        }

        await deliveries.TellAsync(delivery, told, cancellationToken);
    }

    public void Dispose() => http.Dispose();

    private static CommitStatus StatusOf(Hook hook, Delivery delivery, Uri api, string state, string description) => new()
    {
        Repository = PathOf(new(delivery.Url!), api),
        App = hook.App.Name.ToString(),
        Branch = delivery.Branch!,
        Commit = delivery.CommitId!,
        State = state,
        Description = description,
        Address = $"{delivery.Address}/ui/{(delivery.BuildId is { } build ? $"builds/{build:D}" : $"apps/{hook.App.Name}")}",
    };

    // A forge below a path of its host has its API there too: what stands before /api is no part of the repository's name.
    private static string PathOf(Uri repository, Uri api)
    {
        var path = repository.AbsolutePath.TrimEnd('/');
        path = path.EndsWith(".git", StringComparison.OrdinalIgnoreCase) ? path[..^4] : path;
        var prefix = api.AbsolutePath.IndexOf("/api/", StringComparison.Ordinal) is > 0 and var end ? api.AbsolutePath[..end] : "";
        return (path.StartsWith(prefix + "/", StringComparison.Ordinal) ? path[prefix.Length..] : path).TrimStart('/');
    }

    private async Task<bool> PostAsync(Uri url, StatusCall call, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = JsonContent.Create(call.Fields, ForgeJson.Default.IReadOnlyDictionaryStringString) };
        request.Headers.UserAgent.ParseAdd($"slug/{Program.Version}");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.TryAddWithoutValidation(call.Header, call.Value);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return response.IsSuccessStatusCode ? true : throw RemoteException.Refused(url.AbsoluteUri, response.StatusCode);
        }
        catch (HttpRequestException exception) when (exception.InnerException is RemoteException refused)
        {
            throw refused;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw RemoteException.Broken(url.AbsoluteUri, exception.GetBaseException().Message.TrimEnd('.'), exception);
        }
    }

    // A redirection would take the token along to who knows whom.
    private static SocketsHttpHandler NoRedirection(SocketsHttpHandler handler)
    {
        handler.AllowAutoRedirect = false;
        return handler;
    }
}
