using Slug.Apps;
using Slug.Dashboard.Markup;
using Slug.Hosting;
using Slug.Tokens;

namespace Slug.Dashboard.Pages;

/// <summary>What may be asked of a build.</summary>
internal static class BuildActions
{
    public static IResult Cancel(HttpContext http, AskedBuilds builds)
    {
        var build = BuildOfPage.Of(http);
        return builds.Cancel(build.Id, Grant.Of(http).Name)
            ? Page.See($"/ui/builds/{build.Id}")
            : Problem.Page(new(build.AppName, "Builds"), StatusCodes.Status409Conflict, $"SLUG3020: build '{build.Id}' has ended ({build.Status}); there is nothing to cancel");
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
