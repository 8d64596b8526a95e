using Slug.Buildpacks;
using Slug.Tokens;

namespace Slug.Platform;

/// <summary>The buildpacks that are set for an app.</summary>
internal static class BuildpackEndpoints
{
    private const string UrnPrefix = "urn:buildpack:";

    public static void MapBuildpacks(this IEndpointRouteBuilder app)
    {
        app.MapGet("/buildpack-installations", async (HttpContext http, AppBuildpacks settings) => List(http, await settings.OfAsync(NamedApp.Of(http), http.RequestAborted)));
        app.MapPut("/buildpack-installations", SetAsync);
    }

    /// <summary>Heroku's CLI asks a registry for the address of <c>heroku/nodejs</c>. Here the name is the address: no token, nothing told.</summary>
    public static void MapBuildpackRegistry(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/buildpacks/{buildpack}", (string buildpack) => Answer.Of(new RegisteredBuildpack(Uri.UnescapeDataString(buildpack))));

    private static async Task<IResult> SetAsync(HttpContext http, Body<BuildpackUpdates> body, AppBuildpacks settings)
    {
        if (body.Value.Updates is not { } updates)
            return PlatformError.Invalid("SLUG6116: the body has no 'updates'; expected {\"updates\": [{\"buildpack\": \"heroku/nodejs\"}]}, an empty list for none");
        try
        {
            IReadOnlyList<string> wanted = [.. updates.Select(update => update?.Buildpack ?? "").Select(name => name.StartsWith(UrnPrefix, StringComparison.Ordinal) ? name[UrnPrefix.Length..] : name)];
            return List(http, await settings.ChangeAsync(NamedApp.Of(http), _ => wanted, Grant.Of(http).Name, http.RequestAborted));
        }
        catch (BuildpackException mistake)
        {
            return PlatformError.Invalid(mistake.Message);
        }
    }

    private static IResult List(HttpContext http, IReadOnlyList<string> set) => Paging.Of(
        http, set.Select((address, ordinal) => new BuildpackInstallation(ordinal, BuildpackName.Of(BuildpackAddress.Parse(address)))),
        new SortKey<BuildpackInstallation>("ordinal", installed => $"{installed.Ordinal}"));
}

/// <summary>A buildpack at its place.</summary>
internal sealed record BuildpackInstallation(int Ordinal, BuildpackName Buildpack);

/// <summary>A buildpack by its address; built-in ones have Heroku's names.</summary>
internal sealed record BuildpackName(string Url, string Name)
{
    public static BuildpackName Of(BuildpackAddress address)
    {
        var name = address is BuildpackAddress.BuiltIn ? $"heroku/{address}" : address.ToString();
        return new(name, name);
    }
}

/// <summary>The whole list, as it is to be.</summary>
internal sealed record BuildpackUpdates(IReadOnlyList<BuildpackUpdate?>? Updates);

/// <summary>One of them: a name, an address, or a name after <c>urn:buildpack:</c>.</summary>
internal sealed record BuildpackUpdate(string? Buildpack);

/// <summary>What a registry of buildpacks says of one.</summary>
internal sealed record RegisteredBuildpack(string BlobUrl);
