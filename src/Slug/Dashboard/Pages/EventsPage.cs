using Slug.Apps;
using Slug.Dashboard.Markup;
using Slug.Hosting;
using Slug.Tokens;

namespace Slug.Dashboard.Pages;

/// <summary>What happened, the newest first: of an app, or of all.</summary>
internal static class EventsPage
{
    private const int Many = 100;

    /// <summary>All that the visitor may read: who has an app's token sees that app's.</summary>
    public static async Task<IResult> ShowAllAsync(HttpContext http, EventFeed feed, long? before)
    {
        var grant = Grant.Of(http);
        if (!grant.Allows(Scope.Read, grant.App))
            return Problem.Page(StatusCodes.Status403Forbidden, $"SLUG9011: the token '{grant.Name}' opens {grant}; events need read");
        return new Page { Title = "Events", Main = $"<h1>Events</h1>{await ListAsync(http, feed, grant.App, before)}" };
    }

    public static async Task<IResult> ShowAsync(HttpContext http, EventFeed feed, long? before)
    {
        var app = AppOfPage.Of(http).Name;
        return new Page { Title = $"Events of {app}", Tab = new(app.ToString(), "Events"), Main = await ListAsync(http, feed, app, before) };
    }

    private static async Task<Html> ListAsync(HttpContext http, EventFeed feed, AppName? app, long? before)
    {
        var events = await feed.BeforeAsync(app, before ?? long.MaxValue, Many, http.RequestAborted);
        if (events.Count == 0)
            return $"<p>Nothing{(before is null ? " yet" : " before that")}.</p>";
        return
            $"""
            <table>
            <thead><tr><th scope="col">When</th><th scope="col">What</th><th scope="col">App</th><th scope="col">Of</th><th scope="col">Who</th><th scope="col">Detail</th></tr></thead>
            <tbody>
            {events.Select(Row)}
            </tbody>
            </table>
            {(events.Count == Many ? $"<p><a rel=\"next\" href=\"?before={events[^1].Id}\">Older</a></p>" : Html.None)}
            """;
    }

    private static Html Row(HappenedEvent happened) =>
        $"""
        <tr>
        <td data-label="When">{Show.Time(happened.At)}</td>
        <th scope="row">{happened.Kind}</th>
        <td data-label="App">{(happened.App is { } app ? $"<a href=\"/ui/apps/{app}\">{app}</a>" : Html.None)}</td>
        <td data-label="Of">{Subject(happened)}</td>
        <td data-label="Who">{happened.By}</td>
        <td data-label="Detail">{happened.Detail}</td>
        </tr>

        """;

    private static Html Subject(HappenedEvent happened) =>
        Guid.TryParse(happened.Subject, out var build) && happened.Kind.Split('.')[0] is "build" or "test" or "verification"
            ? $"<a href=\"/ui/builds/{build}\"><code>{build}</code></a>"
            : (Html)$"{happened.Subject}";
}
