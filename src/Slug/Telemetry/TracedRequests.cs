using System.Diagnostics;
using Slug.Apps;

namespace Slug.Telemetry;

/// <summary>Metadata of endpoints whose requests are spans of that name.</summary>
internal sealed record Traced(string Name);

/// <summary>Makes a span of each request that is to be one, below the client's own where that is named, once its token has opened it.</summary>
internal sealed class TracedRequests(RequestDelegate next, Traces traces)
{
    // Where routes name an app, by its name.
    private static readonly string[] names = ["app", "name"];

    public Task InvokeAsync(HttpContext http) =>
        http.GetEndpoint() is RouteEndpoint endpoint && endpoint.Metadata.GetMetadata<Traced>() is { } traced && traces.AreWanted ? InSpanAsync(http, endpoint, traced) : next(http);

    private async Task InSpanAsync(HttpContext http, RouteEndpoint endpoint, Traced traced)
    {
        using var span = traces.Begin(traced.Name, ActivityKind.Server, Traces.ParentOf(http.Request));
        span?.SetTag("http.request.method", http.Request.Method).SetTag("http.route", endpoint.RoutePattern.RawText);
        if (AppName.TryParse(names.Select(name => http.GetRouteValue(name)?.ToString()).FirstOrDefault(value => value is not null), null, out var app))
            span?.SetTag("slug.app", app.ToString());
        await next(http);
        span?.SetTag("http.response.status_code", http.Response.StatusCode);
        if (http.Response.StatusCode >= StatusCodes.Status500InternalServerError)
            span?.SetStatus(ActivityStatusCode.Error);
    }
}
