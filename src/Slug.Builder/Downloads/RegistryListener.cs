using System.Net;
using Slug.Content.Wire;

namespace Slug.Builder.Downloads;

/// <summary>
/// Where package managers ask, on the container's loopback. The service answers, over the builder's own connection: of a
/// request it is told the path and whether it reads. The build's token is added here and seen by no buildpack.
/// </summary>
internal sealed class RegistryListener : IAsyncDisposable
{
    // Package managers ask for 15 to 64 things at once.
    private const int AtOnce = 32;

    private const int StatusWithoutService = (int)HttpStatusCode.BadGateway;

    private readonly RegistryDoor door;
    private readonly HttpClient service;
    private readonly HttpListener listener = new();
    private readonly CancellationTokenSource closing = new();
    private readonly Task serving;

    public RegistryListener(RegistryDoor door, HttpClient service)
    {
        (this.door, this.service) = (door, service);
        listener.Prefixes.Add(door.Url);
        listener.Start();
        serving = Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => ServeAsync()));
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        listener.Close();
        await serving;
        closing.Dispose();
    }

    private async Task ServeAsync()
    {
        while (await NextAsync() is { } context)
        {
            try
            {
                await AnswerAsync(context.Request, context.Response);
                context.Response.Close();
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException or HttpListenerException or ObjectDisposedException or OperationCanceledException)
            {
                // The length was said before: the package manager sees that less came, and asks again.
                context.Response.Abort();
            }
        }
    }

    private async Task<HttpListenerContext?> NextAsync()
    {
        try
        {
            return closing.IsCancellationRequested ? null : await listener.GetContextAsync();
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            return null;
        }
    }

    private async Task AnswerAsync(HttpListenerRequest request, HttpListenerResponse answer)
    {
        var reads = request.HttpMethod is "GET" or "HEAD" && request.Headers["Authorization"] is null;
        // As a value, never as a part of the path: with this token no other route is to be had.
        var question = $"downloads/{door.Name}?target={Uri.EscapeDataString(request.RawUrl ?? "")}&reads={reads}";
        // What stands where the service does not answer.
        (answer.StatusCode, answer.ContentLength64) = (StatusWithoutService, 0);
        using var response = await service.GetAsync(question, HttpCompletionOption.ResponseHeadersRead, closing.Token);
        answer.StatusCode = (int)response.StatusCode;
        answer.ContentLength64 = response.Content.Headers.ContentLength ?? 0;
        if (response.Headers.Location is { } elsewhere)
            answer.RedirectLocation = elsewhere.OriginalString;
        if (response.Content.Headers.ContentType is { } type)
            answer.ContentType = type.ToString();
        if (request.HttpMethod != "HEAD")
            await response.Content.CopyToAsync(answer.OutputStream, closing.Token);
    }
}
