using System.Net.Http.Headers;
using Slug.Remotes;

namespace Slug.Webhooks.Outgoing;

/// <summary>Sends one delivery once: to an address that was looked at, following nothing, reading nothing of the answer but its head.</summary>
internal sealed class WebhookPost : IDisposable
{
    private readonly HttpClient http;
    private readonly TimeProvider time;

    public WebhookPost(RemoteHosts hosts, RemoteOptions options, TimeProvider time)
    {
        this.time = time;
        var handler = RemoteHandler.Create(hosts, options);
        handler.AllowAutoRedirect = false;
        // Traces would name the address, which may be a secret.
        handler.ActivityHeadersPropagator = null;
        http = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public async Task<AttemptResult> SendAsync(Parcel parcel, Guid attempt, CancellationToken cancellationToken)
    {
        using var request = Request(parcel, attempt);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return new(response.StatusCode, null, WaitOf(response.Headers.RetryAfter));
        }
        catch (HttpRequestException exception)
        {
            return AttemptResult.Of(exception.InnerException is RemoteException refused
                ? refused.MayPass ? AttemptResult.HostNotFound : AttemptResult.AddressRefused
                : AttemptResult.ConnectionFailed);
        }
    }

    public void Dispose() => http.Dispose();

    private HttpRequestMessage Request(Parcel parcel, Guid attempt)
    {
        var body = Payload.Of(parcel, attempt);
        var request = new HttpRequestMessage(HttpMethod.Post, parcel.Webhook.Url.Target) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.ParseAdd($"slug/{Program.Version}");
        foreach (var (name, value) in Signatures.Of(parcel.Webhook.Secret, parcel.Delivery.Id, time.GetUtcNow(), body))
            request.Headers.Add(name, value);
        if ((parcel.Webhook.Authorization ?? parcel.Webhook.Url.Credentials?.ToHeader()) is { } authorization)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return request;
    }

    private TimeSpan? WaitOf(RetryConditionHeaderValue? asked) => asked?.Delta ?? asked?.Date - time.GetUtcNow();
}
