using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.Extensions;
using Slug.Apps;
using Slug.Hosting;
using Slug.Platform.Streams;

namespace Slug.Platform.Logs;

/// <summary>An app's log: a session is an address from which it can be read without a token.</summary>
internal static class LogSessionEndpoints
{
    public const string Pattern = "/log-sessions/{app:guid}";

    // Heroku keeps as many.
    private const int MostLines = 1500;
    private const int UsualLines = 100;

    private static readonly TimeSpan lifetime = TimeSpan.FromDays(1);
    private static readonly TimeSpan quiet = TimeSpan.FromSeconds(15);

    public static void MapLogSessions(this IEndpointRouteBuilder app) => app.MapPost("/log-sessions", Create);

    /// <summary>What a session's address leads to.</summary>
    public static void MapAppLogs(this IEndpointRouteBuilder routes) => routes.MapGet(Pattern, AnswerAsync);

    private static IResult Create(HttpContext http, Body<LogSessionRequest> body, SignedLinks links, TimeProvider time)
    {
        var wish = body.Value;
        if (wish.Lines is < 1)
            return PlatformError.Invalid($"SLUG6170: 'lines' is '{wish.Lines}'; expected 1 to {MostLines}, or nothing for {UsualLines}");
        var query = new QueryBuilder
        {
            { "lines", Math.Min(wish.Lines ?? UsualLines, MostLines).ToString(CultureInfo.InvariantCulture) },
            { "tail", wish.Tail == true ? "true" : "false" },
        };
        if (wish.Source is { } source)
            query.Add("source", source);
        if ((wish.DynoName ?? wish.Dyno ?? wish.Type) is { } process)
            query.Add("process", process);
        var now = time.GetUtcNow();
        var url = links.To(http, HttpMethods.Get, $"/log-sessions/{NamedApp.Of(http).Id:D}{query}", lifetime);
        return Answer.Of(new LogSessionResource(Guid.CreateVersion7(now), url, now, now), StatusCodes.Status201Created);
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext http, Guid app, int? lines, bool? tail, string? source, string? process, SignedLinks links, AppStore apps, AppLog log, IHostApplicationLifetime service)
    {
        if (!links.Opens(http))
            return TypedResults.Text("SLUG6171: the address of this log is not one of Slug's own, or has expired; ask for another: POST /apps/APP/log-sessions\n", statusCode: StatusCodes.Status403Forbidden);
        if (await apps.FindAsync(app, http.RequestAborted) is not { } found)
            return TypedResults.Text("SLUG6172: the app of this log is gone; GET /apps lists those there are\n", statusCode: StatusCodes.Status404NotFound);
        if (StreamPlace.Of(http.Request.Headers) is not { } from)
            return TypedResults.Text($"SLUG6153: '{http.Request.Headers[StreamPlace.Id]}' is not an id of this stream; send the last 'id:' that was received as Last-Event-Id, or leave it out\n", statusCode: StatusCodes.Status400BadRequest);
        DateTimeOffset? after = from is { Position: > 0, IsRange: false } ? DateTimeOffset.FromUnixTimeMilliseconds(from.Position) : null;
        await StreamAnswer.SendAsync(
            http,
            async (form, body, ending) =>
            {
                await foreach (var line in log.ReadAsync(found, new(lines ?? UsualLines, tail ?? false, source, process, after), quiet, ending))
                {
                    if (line is null)
                        form.WriteAlive(body);
                    else
                        form.WritePiece(body, Encoding.UTF8.GetBytes($"{line}\n"), line.At.ToUnixTimeMilliseconds());
                    await body.FlushAsync(ending);
                }
            },
            service.ApplicationStopping);
        return TypedResults.Empty;
    }
}

/// <summary>What is asked of a log session. Heroku's command line says <c>dyno</c>, its schema <c>dyno_name</c>.</summary>
internal sealed record LogSessionRequest(string? Dyno, string? DynoName, string? Type, int? Lines, string? Source, bool? Tail);

/// <summary>Where an app's log can be read.</summary>
internal sealed record LogSessionResource(Guid Id, string LogplexUrl, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);
