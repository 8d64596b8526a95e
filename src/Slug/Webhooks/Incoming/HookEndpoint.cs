using Microsoft.AspNetCore.Http.Features;
using Slug.Telemetry;

namespace Slug.Webhooks.Incoming;

/// <summary>Where forges send to. Open to everybody: what comes is signed. Read whole, as only a whole body can be checked, but only so much, so many and so long.</summary>
internal static class HookEndpoint
{
    /// <summary>In JSON. A push of thousands of commits has less.</summary>
    private const int Limit = 5_000_000;

    private const int AtOnce = 16;

    private static readonly TimeSpan patience = TimeSpan.FromSeconds(10);

    public static void MapHooks(this IEndpointRouteBuilder routes)
    {
        var room = new SemaphoreSlim(AtOnce);
        routes.MapPost("/hooks/{app}/{hook}", async (HttpContext http, string app, string hook, Reception reception) =>
        {
            var answer = await room.WaitAsync(TimeSpan.Zero, http.RequestAborted) ? await AnswerAsync(http, app, hook, reception, room) : HookAnswer.Busy;
            if (answer == HookAnswer.Busy)
                http.Response.Headers.RetryAfter = "10";
            return TypedResults.Text(answer.Text + "\n", statusCode: answer.Status);
        }).WithMetadata(new Traced("hook"));
    }

    private static async Task<HookAnswer> AnswerAsync(HttpContext http, string app, string hook, Reception reception, SemaphoreSlim room)
    {
        try
        {
            if (http.Request.ContentLength > Limit)
                return HookAnswer.TooLarge(Limit);
            return await ReadAsync(http) is { } body
                ? await reception.ReceiveAsync(app, hook, new(http.Request.Headers, body), AddressOf(http.Request), http.RequestAborted)
                : HookAnswer.TooLarge(Limit);
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            return HookAnswer.Busy;
        }
        finally
        {
            room.Release();
        }
    }

    /// <summary>Null where it is too large.</summary>
    private static async Task<byte[]?> ReadAsync(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        deadline.CancelAfter(patience);
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await http.Request.Body.ReadAsync(buffer, deadline.Token) is > 0 and var read)
        {
            body.Write(buffer, 0, read);
            if (body.Length > Limit)
                return null;
        }

        return body.ToArray();
    }

    // A proxy with TLS before us says so.
    private static string AddressOf(HttpRequest request) => $"{(request.Headers["X-Forwarded-Proto"] == "https" ? "https" : request.Scheme)}://{request.Host}";
}
