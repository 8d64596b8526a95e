using Microsoft.AspNetCore.Http.HttpResults;
using Slug.Apps;
using Slug.Builds;
using Slug.Releases;
using Slug.Tokens;

namespace Slug.Api;

/// <summary>Apps and their config vars.</summary>
internal static class AppEndpoints
{
    extension(IEndpointRouteBuilder api)
    {
        public void MapApps()
        {
            api.MapGet("/apps", ListAsync).WithName("listApps").WithSummary("The apps that the token may read").Produces<IReadOnlyList<AppView>>();
            api.MapPost("/apps", CreateAsync).WithName("createApp").WithSummary("Makes an app: name").Produces<AppView>(201).Fails(409, 413, 415, 422);
            var app = api.MapGroup("/apps/{app}").AddEndpointFilter<AppFilter>();
            app.MapPatch("/", ChangeAsync).WithName("changeApp").WithSummary("Sets the folder that is built: dir").Produces<AppView>().Fails(404, 413, 415, 422);
            app.MapDelete("/", DestroyAsync).WithName("destroyApp").WithSummary("Takes an app away with all that is its own").Produces(204).Fails(404);
            app.MapGet("/config", async (HttpContext http, ConfigVars vars) => Json(await vars.OfAsync(AppFilter.AppOf(http), http.RequestAborted)))
                .WithName("getConfig").WithSummary("Config vars with their values").Produces<IReadOnlyDictionary<string, string>>().Fails(404);
            app.MapPatch("/config", ConfigureAsync)
                .WithName("changeConfig").WithSummary("Sets config vars, removes those that are null, and makes a release").Produces<IReadOnlyDictionary<string, string>>().Fails(404, 413, 415, 422);
        }
    }

    private static async Task<IResult> ListAsync(HttpContext http, AppStore apps, BuildStore builds, ReleaseStore releases)
    {
        var (grant, cancellationToken) = (Grant.Of(http), http.RequestAborted);
        var views = new List<AppView>();
        foreach (var app in (await apps.ListAsync(cancellationToken)).Where(app => grant.Allows(Scope.Read, app.Name)))
            views.Add(await ViewAsync(app, builds, releases, cancellationToken));
        return TypedResults.Json(views, ApiJson.Default.IReadOnlyListAppView);
    }

    private static async Task<IResult> CreateAsync(
        HttpContext http, NewAppRequest request, AppStore apps, BuildStore builds, ReleaseStore releases)
    {
        var cancellationToken = http.RequestAborted;
        var text = request.Name ?? "";
        if (!AppName.TryParse(text, null, out var name))
            return Problems.Invalid("SLUG6002", $"'{text}' is not an app name; expected {AppName.Rule}");
        if (await apps.FindAsync(name, cancellationToken) is not null)
            return Problems.Conflict("SLUG6003", $"there is an app '{name}' already; choose another name");
        var app = await apps.FindOrCreateAsync(name, Grant.Of(http).Name, cancellationToken);
        return TypedResults.Json(await ViewAsync(app, builds, releases, cancellationToken), ApiJson.Default.AppView, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> ChangeAsync(HttpContext http, AppChanges changes, AppStore apps, BuildStore builds, ReleaseStore releases)
    {
        var app = AppFilter.AppOf(http);
        if (changes.Dir is { } text)
        {
            if (!SourceFolder.TryParse(text, null, out var folder))
                return Problems.Invalid("SLUG2303", $"'{text}' names no folder; expected {SourceFolder.Rule}");
            app = await apps.SetFolderAsync(app, folder, Grant.Of(http).Name, http.RequestAborted);
        }

        return TypedResults.Json(await ViewAsync(app, builds, releases, http.RequestAborted), ApiJson.Default.AppView);
    }

    private static async Task<IResult> DestroyAsync(HttpContext http, Demolition demolition)
    {
        await demolition.DestroyAsync(AppFilter.AppOf(http), Grant.Of(http).Name, http.RequestAborted);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> ConfigureAsync(HttpContext http, Dictionary<string, string?> changes, ReleaseStore releases, ConfigVars vars)
    {
        var app = AppFilter.AppOf(http);
        if (ConfigVars.MistakeIn(changes) is { } mistake)
            return Problems.Told(mistake);
        if (changes.Count > 0)
            await releases.ConfigureAsync(app, changes, Grant.Of(http).Name, http.RequestAborted);
        return Json(await vars.OfAsync(app, http.RequestAborted));
    }

    private static async Task<AppView> ViewAsync(App app, BuildStore builds, ReleaseStore releases, CancellationToken cancellationToken)
    {
        var build = await builds.FindLatestAsync(app, cancellationToken);
        var release = await releases.FindCurrentAsync(app, cancellationToken);
        return new(app.Id, app.Name.ToString(), app.CreatedAt, release?.Version, build?.Id.ToString(), build?.Status, app.Folder.IsWhole ? null : app.Folder.Path);
    }

    private static JsonHttpResult<IReadOnlyDictionary<string, string>> Json(IReadOnlyDictionary<string, string> values) =>
        TypedResults.Json(values, ApiJson.Default.IReadOnlyDictionaryStringString);
}
