using Microsoft.AspNetCore.Http.HttpResults;
using Slug.Buildpacks;
using Slug.Tokens;

namespace Slug.Api;

/// <summary>The buildpacks that are set for an app: no password is.</summary>
internal static class BuildpackEndpoints
{
    extension(IEndpointRouteBuilder api)
    {
        public void MapBuildpacks()
        {
            var buildpacks = api.MapGroup("/apps/{app}/buildpacks").AddEndpointFilter<AppFilter>();
            buildpacks.MapGet("/", async (HttpContext http, AppBuildpacks settings) => Json(await settings.OfAsync(AppFilter.AppOf(http), http.RequestAborted)))
                .WithName("getBuildpacks").WithSummary("The buildpacks that are set, in order").Produces<IReadOnlyList<string>>().Fails(404);
            buildpacks.MapPut("/", (HttpContext http, IReadOnlyList<string?> body, AppBuildpacks settings) =>
                ChangeAsync(http, settings, _ => Texts(body)))
                .WithName("setBuildpacks").WithSummary("Sets the buildpacks").Produces<IReadOnlyList<string>>().Fails(404, 413, 415, 422);
            buildpacks.MapPost("/", (HttpContext http, IReadOnlyList<string?> body, AppBuildpacks settings) =>
                ChangeAsync(http, settings, set => [.. set, .. Texts(body)]))
                .WithName("addBuildpacks").WithSummary("Adds buildpacks after those that are set").Produces<IReadOnlyList<string>>().Fails(404, 413, 415, 422);
            buildpacks.MapDelete("/", RemoveAsync).WithName("removeBuildpack").WithSummary("Takes one buildpack off the list").Produces<IReadOnlyList<string>>().Fails(404);
        }
    }

    private static async Task<IResult> ChangeAsync(
        HttpContext http, AppBuildpacks settings, Func<IReadOnlyList<string>, IReadOnlyList<string>> change)
    {
        try
        {
            return Json(await settings.ChangeAsync(AppFilter.AppOf(http), change, Grant.Of(http).Name, http.RequestAborted));
        }
        catch (BuildpackException mistake)
        {
            return Problems.Invalid(mistake.Code, mistake.Reason);
        }
    }

    private static async Task<IResult> RemoveAsync(HttpContext http, string buildpack, AppBuildpacks settings)
    {
        var app = AppFilter.AppOf(http);
        var set = await settings.OfAsync(app, http.RequestAborted);
        if (!set.Any(IsMeant))
            return Problems.NotFound("SLUG2224", $"'{buildpack}' is not among the buildpacks of '{app.Name}'; 'slug buildpacks {app.Name}' lists them");
        return Json(await settings.ChangeAsync(app, now => [.. now.Where(address => !IsMeant(address))], Grant.Of(http).Name, http.RequestAborted));

        // By what it was set with, or by what is shown of it.
        bool IsMeant(string address) => address == buildpack || BuildpackAddress.Parse(address).ToString() == buildpack;
    }

    // A null among them is no buildpack, as an empty text is none.
    private static IReadOnlyList<string> Texts(IReadOnlyList<string?> body) => [.. body.Select(text => text ?? "")];

    private static JsonHttpResult<IReadOnlyList<string>> Json(IReadOnlyList<string> set) =>
        TypedResults.Json<IReadOnlyList<string>>([.. set.Select(address => BuildpackAddress.Parse(address).ToString())], ApiJson.Default.IReadOnlyListString);
}
