using System.Text.Json.Serialization;
using Slug.Content;
using Slug.Droplets;
using Slug.Heroku;
using Slug.Releases;

namespace Slug.Platform;

/// <summary>The process types that the current release declares. The service runs none of them: each has a quantity of 0, and there are no dynos.</summary>
internal static class FormationEndpoints
{
    public static void MapFormation(this IEndpointRouteBuilder app)
    {
        app.MapGet("/formation", async (HttpContext http, ReleaseStore releases, DropletStore droplets) => List(http, await OfAsync(http, releases, droplets)));
        app.MapPatch("/formation", async (HttpContext http, Body<FormationUpdates> body, ReleaseStore releases, DropletStore droplets) =>
        {
            var formation = await OfAsync(http, releases, droplets);
            return (body.Value.Updates ?? []).Select(update => Mistake(http, formation, update?.Type ?? "", update?.Quantity)).FirstOrDefault(mistake => mistake is not null) ?? List(http, formation);
        });
        app.MapGet("/formation/{type}", async (HttpContext http, string type, ReleaseStore releases, DropletStore droplets) =>
            Show(http, await OfAsync(http, releases, droplets), type, null));
        app.MapPatch("/formation/{type}", async (HttpContext http, string type, Body<FormationUpdate> body, ReleaseStore releases, DropletStore droplets) =>
            Show(http, await OfAsync(http, releases, droplets), type, body.Value.Quantity));
        app.MapGet("/dynos", () => Answer.Of<IReadOnlyList<string>>([]));
    }

    private static async Task<List<ProcessResource>> OfAsync(HttpContext http, ReleaseStore releases, DropletStore droplets)
    {
        var app = NamedApp.Of(http);
        var release = await releases.FindCurrentAsync(app, http.RequestAborted);
        if (release?.Droplet is not { } digest || await droplets.FindAsync(Digest.Parse(digest), http.RequestAborted) is not { } droplet)
            return [];
        return [.. droplet.Processes.Select(process => new ProcessResource(AppReference.Of(app), process.Key, process.Value, release.CreatedAt, release.CreatedAt))];
    }

    private static IResult List(HttpContext http, IEnumerable<ProcessResource> formation) =>
        Paging.Of(http, formation, new SortKey<ProcessResource>("type", process => process.Type), new("id", process => process.Id.ToString()));

    private static IResult Show(HttpContext http, IReadOnlyList<ProcessResource> formation, string type, int? quantity) =>
        Mistake(http, formation, type, quantity) ?? Answer.Of(Find(formation, type)!);

    private static IResult? Mistake(HttpContext http, IReadOnlyList<ProcessResource> formation, string type, int? quantity)
    {
        var app = NamedApp.Of(http);
        if (Find(formation, type) is null)
            return PlatformError.NotFound($"SLUG6118: '{app.Name}' has no process type '{type}'; expected one that its current release declares: add it to the Procfile and push");
        return quantity is null or 0
            ? null
            : PlatformError.Invalid($"SLUG6119: '{type}' of '{app.Name}' cannot be scaled to {quantity}: Slug builds apps and runs no dynos; start a process with: ./slug run {app.Name} {type}");
    }

    private static ProcessResource? Find(IReadOnlyList<ProcessResource> formation, string type) =>
        formation.FirstOrDefault(process => process.Type == type || process.Id.ToString() == type);
}

/// <summary>A process type, and how many dynos run it: none.</summary>
internal sealed record ProcessResource(AppReference App, string Type, string Command, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public Guid Id => PlatformId.Of("process type", $"{App.Id:D}/{Type}");

    public int Quantity { get; }

    public string Size { get; } = "local";

    public NamedReference DynoSize { get; } = new(PlatformId.Of("dyno size", "local"), "local");
}

/// <summary>How many dynos a process type is to have; Heroku's CLI writes the number as text.</summary>
internal sealed record FormationUpdate(string? Type, [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] int? Quantity);

/// <summary>Several of them.</summary>
internal sealed record FormationUpdates(IReadOnlyList<FormationUpdate?>? Updates);
