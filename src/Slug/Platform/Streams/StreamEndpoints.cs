using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Slug.Builds;
using Slug.Hosting;

namespace Slug.Platform.Streams;

/// <summary>The log of a build, from any byte on, while it runs and afterwards: for who has its address, which is signed, and no token.</summary>
internal static class StreamEndpoints
{
    public const string Pattern = "/streams/{build:guid}";

    private static readonly TimeSpan lifetime = TimeSpan.FromDays(1);
    private static readonly TimeSpan quiet = TimeSpan.FromSeconds(15);

    // As far as a body without an end goes (RFC 8673, 2.2).
    private const long VeryFar = (1L << 53) - 1;

    public static void MapStreams(this IEndpointRouteBuilder routes) => routes.MapGet(Pattern, AnswerAsync);

    /// <summary>Where who asks for a build can follow its log.</summary>
    public static string UrlOf(Guid build, HttpContext http, SignedLinks links) => links.To(http, HttpMethods.Get, $"/streams/{build:D}", lifetime);

    private static async Task<IResult> AnswerAsync(HttpContext http, Guid build, SignedLinks links, BuildLogs logs, BuildStore builds, IHostApplicationLifetime service)
    {
        if (!links.Opens(http))
            return Refuse(StatusCodes.Status403Forbidden, "SLUG6151: this address is not one of Slug's own, or has expired; ask for the build again and follow its 'output_stream_url'");
        using var log = logs.Open(build, follow: true);
        if (log is null)
            return Refuse(StatusCodes.Status404NotFound, $"SLUG6152: there is no log of build '{build}'; it went with its build, of which only the newest of an app are kept");
        if (StreamPlace.Of(http.Request.Headers) is not { } from)
            return Refuse(StatusCodes.Status400BadRequest, $"SLUG6153: '{http.Request.Headers[StreamPlace.Id]}' is not an id of this stream; send the last 'id:' that was received as Last-Event-Id, or leave it out");
        if (!log.TrySeek(from.Position))
        {
            http.Response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes */{log.Position}");
            return Refuse(StatusCodes.Status416RangeNotSatisfiable, $"SLUG6154: the log has {log.Position} bytes, none at '{from.Position}'; go on from what was received, without zero bytes, or from the start");
        }

        // An EventSource that is told this does not come back.
        if (log.IsAtEnd && from.Position > 0)
            return TypedResults.NoContent();
        if (from.IsRange)
            (http.Response.StatusCode, http.Response.Headers.ContentRange) = (StatusCodes.Status206PartialContent, string.Create(CultureInfo.InvariantCulture, $"bytes {from.Position}-{VeryFar}/*"));
        await StreamAnswer.SendAsync(
            http,
            async (form, body, ending) =>
            {
                await foreach (var piece in log.ReadAsync(quiet, ending))
                {
                    if (piece.IsEmpty)
                        form.WriteAlive(body);
                    else
                        form.WritePiece(body, piece.Span, log.Position);
                    await body.FlushAsync(ending);
                }

                form.WriteEnd(body, log.Position, (await builds.FindAsync(build, ending))?.Status ?? BuildStatus.Failed);
            },
            service.ApplicationStopping);
        return TypedResults.Empty;
    }

    private static ContentHttpResult Refuse(int status, string message) => TypedResults.Text(message + "\n", statusCode: status);
}
