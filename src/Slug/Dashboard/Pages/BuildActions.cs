using Slug.Apps;
using Slug.Dashboard.Markup;
using Slug.Hosting;
using Slug.Tokens;

namespace Slug.Dashboard.Pages;

/// <summary>What may be asked of a build.</summary>
internal static class BuildActions
{
    /// <summary>Ends it, and writes down who did: its own events name who began it.</summary>
    public static async Task<IResult> CancelAsync(HttpContext http, AskedBuilds asked, Database database, TimeProvider time)
    {
        var build = BuildOfPage.Of(http);
        if (!asked.Cancel(build.Id))
            return Problem.Page(new(build.AppName, "Builds"), StatusCodes.Status409Conflict, $"SLUG3020: build '{build.Id}' has ended ({build.Status}); there is nothing to cancel");
        var app = AppName.Parse(build.AppName);
        await database.WriteAsync(db => Events.Append(db, time, Grant.Of(http).Name, "build.stopped", app, build.Id.ToString()), http.RequestAborted);
        return Page.See($"/ui/builds/{build.Id}");
    }

    public static async Task<IResult> AgainAsync(HttpContext http, AppStore apps, Rebuilds rebuilds)
    {
        var build = BuildOfPage.Of(http);
        var app = (await apps.FindAsync(AppName.Parse(build.AppName), http.RequestAborted))!;
        return await rebuilds.StartAsync(app, build, Grant.Of(http).Name, http.RequestAborted) switch
        {
            RebuildResult.Begun(var id) => Page.See($"/ui/builds/{id}"),
            RebuildResult.Waiting => Page.See($"/ui/apps/{app.Name}"),
            RebuildResult.Refused(var message) => Problem.Page(new(build.AppName, "Builds"), StatusCodes.Status409Conflict, message),
            _ => throw new InvalidOperationException("it neither began nor was refused"),
        };
    }
}
