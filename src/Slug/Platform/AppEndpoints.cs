using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Slug.Api;
using Slug.Apps;
using Slug.Builds;
using Slug.Heroku;
using Slug.Stacks;
using Slug.Tokens;

namespace Slug.Platform;

/// <summary>Apps: made, shown, renamed, destroyed.</summary>
internal static class AppEndpoints
{
    public static void MapApps(this IEndpointRouteBuilder platform, IEndpointRouteBuilder app)
    {
        platform.MapGet("/apps", ListAsync);
        platform.MapGet("/users/~/apps", ListAsync);
        platform.MapPost("/apps", CreateAsync);
        app.MapGet("", async (HttpContext http, AppResources resources) => Answer.Of(await resources.OfAsync(http, NamedApp.Of(http))));
        app.MapPatch("", ChangeAsync);
        app.MapDelete("", DestroyAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext http, AppStore apps, AppResources resources)
    {
        var shown = new List<AppResource>();
        foreach (var app in (await apps.ListAsync(http.RequestAborted)).Where(app => Grant.Of(http).Allows(Scope.Read, app.Name)))
            shown.Add(await resources.OfAsync(http, app));
        return Paging.Of(http, shown, new SortKey<AppResource>("name", app => app.Name), new("id", app => app.Id.ToString()));
    }

    private static async Task<IResult> CreateAsync(HttpContext http, Body<AppRequest> body, AppStore apps, AppResources resources, StackCatalog stacks, IOptions<BuildOptions> builds)
    {
        var wanted = body.Value.Name ?? $"app-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        if (Mistake(body.Value, stacks, builds.Value) is { } mistake)
            return mistake;
        if (!AppName.TryParse(wanted, null, out var name))
            return NoName(wanted);
        if (await apps.FindAsync(name, http.RequestAborted) is not null)
            return Taken(name);
        var app = await apps.FindOrCreateAsync(name, Grant.Of(http).Name, http.RequestAborted);
        return Answer.Of(await resources.OfAsync(http, app), StatusCodes.Status201Created);
    }

    private static async Task<IResult> ChangeAsync(HttpContext http, Body<AppRequest> body, AppStore apps, AppResources resources, StackCatalog stacks, IOptions<BuildOptions> builds)
    {
        var app = NamedApp.Of(http);
        if (Mistake(body.Value, stacks, builds.Value) is { } mistake)
            return mistake;
        if (body.Value.Name is { } wanted)
        {
            if (!AppName.TryParse(wanted, null, out var name))
                return NoName(wanted);
            if (await apps.RenameAsync(app, name, Grant.Of(http).Name, http.RequestAborted) is not { } renamed)
                return Taken(name);
            app = renamed;
        }

        return Answer.Of(await resources.OfAsync(http, app));
    }

    private static async Task<IResult> DestroyAsync(HttpContext http, AppResources resources, Demolition demolition)
    {
        var last = await resources.OfAsync(http, NamedApp.Of(http));
        await demolition.DestroyAsync(NamedApp.Of(http), Grant.Of(http).Name, http.RequestAborted);
        return Answer.Of(last);
    }

    // What can be asked for and is the same for every app.
    private static IResult? Mistake(AppRequest request, StackCatalog stacks, BuildOptions builds)
    {
        if (StackEndpoints.MistakeIn(request.Stack ?? request.BuildStack, stacks, builds) is { } mistake)
            return mistake;
        if (request.Region is { } region && region != NamedReference.Here.Name && region != NamedReference.Here.Id.ToString())
            return PlatformError.Invalid($"SLUG6109: there is no region '{region}'; expected '{NamedReference.Here.Name}', or leave it out");
        return request.Maintenance == true
            ? PlatformError.Invalid("SLUG6110: 'maintenance' cannot be true; expected false or nothing: Slug builds apps and routes nothing to them")
            : null;
    }

    private static IResult NoName(string text) => PlatformError.Invalid($"SLUG6106: '{text}' is not an app name; expected {AppName.Rule}");

    private static IResult Taken(AppName name) => PlatformError.Invalid($"SLUG6107: there is an app '{name}' already; choose another name");
}
