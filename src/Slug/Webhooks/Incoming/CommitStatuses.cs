using System.Net.Http.Headers;
using Slug.Remotes;
using Slug.Webhooks.Incoming.Forges;

namespace Slug.Webhooks.Incoming;

/// <summary>Tells forges what becomes of their commits. That they do not listen changes nothing of the build.</summary>
internal sealed class CommitStatuses(RemoteHosts hosts, RemoteOptions options, RemoteAttempts attempts, DeliveryStore deliveries, TimeProvider time, ILogger<CommitStatuses> log) : IDisposable
{
    private static readonly TimeSpan longest = TimeSpan.FromHours(1);
    private static readonly TimeSpan worthTelling = TimeSpan.FromDays(1);

    private readonly HttpClient http = new(NoRedirection(RemoteHandler.Create(hosts, options))) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>The first time that one is told again who did not listen.</summary>
    public static TimeSpan Soonest { get; } = TimeSpan.FromMinutes(1);

    /// <summary>Says that a delivery's commit is built, where its hook has a token to say it with.</summary>
    public async Task TellBegunAsync(Hook hook, Delivery delivery, CancellationToken cancellationToken)
    {
        if (CallOf(hook, delivery, CommitStatus.Pending, "Slug builds it") is { } call)
            await deliveries.TellAsync(delivery, (await TryAsync(hook, call, CommitStatus.Pending, cancellationToken)).Told, again: null, cancellationToken);
    }

    /// <summary>Says how it ended; again for a day where nobody listens, each time after twice as long.</summary>
    public async Task TellEndedAsync(Hook hook, Delivery ended, CancellationToken cancellationToken)
    {
        var state = ended.Status == DeliveryStatus.Succeeded ? CommitStatus.Success : CommitStatus.Failure;
        var tried = CallOf(hook, ended, state, ended.Reason ?? "") is { } call ? await TryAsync(hook, call, state, cancellationToken) : new(null, MayPass: false);
        var since = time.GetUtcNow() - ended.FinishedAt!.Value;
        var again = since < Soonest ? Soonest : since > longest ? longest : since;
        await deliveries.TellAsync(ended, tried.Told, tried.MayPass && since < worthTelling ? time.GetUtcNow() + again : null, cancellationToken);
    }

    public void Dispose() => http.Dispose();

    /// <summary>Null where nobody is to be told.</summary>
    private static SentStatus? CallOf(Hook hook, Delivery delivery, string state, string description)
    {
        var api = hook.Api is { } named ? new Uri(named.TrimEnd('/') + "/") : hook.Forge.ApiOf(new(delivery.Url!));
        return hook.StatusToken is { } token && hook.Forge.StatusOf(StatusOf(hook, delivery, api, state, description), token) is { } call
            ? new(new(api, call.Path), call)
            : null;
    }

    private async Task<Tried> TryAsync(Hook hook, SentStatus status, string state, CancellationToken cancellationToken)
    {
        try
        {
            await attempts.RunAsync(status.Url.AbsoluteUri, stop => PostAsync(status.Url, status.Call, stop), _ => { }, cancellationToken);
            return new(state, MayPass: false);
        }
        catch (RemoteException exception)
        {
            var why = $"SLUG6220: '{state}' could not be told ({exception.Message}); see that the hook's token may write statuses of commits";
            log.StatusNotTold(hook.App.Name, hook.Name, why);
            return new(why, exception.MayPass);
        }
    }

    private static CommitStatus StatusOf(Hook hook, Delivery delivery, Uri api, string state, string description) => new()
    {
        Repository = PathOf(new(delivery.Url!), api),
        App = hook.App.Name.ToString(),
        Branch = delivery.Branch!,
        Commit = delivery.CommitId!,
        State = state,
        Description = description,
        Address = $"{delivery.Address}/ui/{(delivery.BuildId is { } build ? $"builds/{build:D}" : $"apps/{hook.App.Name}/webhooks")}",
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
        catch (HttpRequestException exception)
        {
            throw RemoteException.Of(url.AbsoluteUri, exception);
        }
    }

    // A redirection would take the token along to who knows whom.
    private static SocketsHttpHandler NoRedirection(SocketsHttpHandler handler)
    {
        handler.AllowAutoRedirect = false;
        return handler;
    }

    private sealed record SentStatus(Uri Url, StatusCall Call);

    /// <summary>The state, or why it could not be told, and whether it may be another time; no words where nobody is told.</summary>
    private sealed record Tried(string? Told, bool MayPass);
}
