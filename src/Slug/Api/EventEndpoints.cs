using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Slug.Apps;
using Slug.Hosting;
using Slug.Tokens;

namespace Slug.Api;

/// <summary>What happened, as server-sent events: a reader that was cut off goes on where it was by <c>Last-Event-ID</c>.</summary>
internal static class EventEndpoints
{
    /// <summary>The kind of what is sent when nothing happens, so that no proxy takes the connection for dead. It has no id.</summary>
    public const string Alive = "alive";

    private const int Last = 100;

    private static readonly TimeSpan quiet = TimeSpan.FromSeconds(15);

    public static void MapEvents(this IEndpointRouteBuilder api) => api.MapGet("/events", ReadAsync)
        .WithName("listEvents").WithSummary("What happened, as server-sent events; Last-Event-ID goes on where a reader was").Produces<HappenedEvent>(200, "text/event-stream").Fails(403, 404);

    private static async Task<IResult> ReadAsync(HttpContext http, EventFeed feed, IHostApplicationLifetime lifetime, string? app, int? last, long? after, bool? follow)
    {
        AppName? name = null;
        if (app is not null)
        {
            if (!AppName.TryParse(app, null, out var parsed))
                return Problems.NoApp(app);
            name = parsed;
        }

        if (!Grant.Of(http).Allows(Scope.Read, name))
            return Problems.Forbidden("SLUG9011", $"the token '{Grant.Of(http).Name}' opens {Grant.Of(http)}; name an app that it may read: ?app=NAME");
        var from = long.TryParse(http.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var had)
            ? had
            : after ?? await feed.BeforeLastAsync(name, Math.Max(last ?? Last, 0), http.RequestAborted);
        return TypedResults.ServerSentEvents(SendAsync(feed.ReadAsync(name, from, follow ?? false, quiet, lifetime.ApplicationStopping), http.RequestAborted));
    }

    private static async IAsyncEnumerable<SseItem<HappenedEvent?>> SendAsync(IAsyncEnumerable<HappenedEvent?> events, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var happened in events.WithCancellation(cancellationToken))
            yield return new(happened, happened?.Kind ?? Alive) { EventId = happened?.Id.ToString(CultureInfo.InvariantCulture) };
    }
}
