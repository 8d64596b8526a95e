using Slug.Apps;
using Slug.Content;
using Slug.Content.Oci;
using Slug.Releases;
using Slug.Telemetry;
using Slug.Tokens;

namespace Slug.Registry;

/// <summary>The OCI distribution spec 1.1 at <c>/v2/</c>, as far as one pulls: each app is a repository, each release a tag.</summary>
internal static class RegistryEndpoints
{
    private static readonly string[] reading = [HttpMethods.Get, HttpMethods.Head];
    private static readonly string[] writing = [HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete];

    extension(IEndpointRouteBuilder routes)
    {
        public void MapRegistry()
        {
            routes.MapGet("/v2/token", RegistryAccess.LogIn).WithMetadata(RegistryAccess.LogInForm);
            var registry = routes.MapGroup("/v2").WithMetadata(RegistryAccess.Form, new Traced("registry")).AddEndpointFilter((context, next) =>
            {
                RegistryAccess.Announce(context.HttpContext);
                return next(context);
            });
            registry.MapMethods("/", reading, () => TypedResults.Text("{}", "application/json"));
            registry.MapGet("/_catalog", CatalogAsync);
            registry.MapMethods("/{**name}", reading, (string name) => Refusals.NoApp(name));
            registry.MapMethods("/{**name}", writing, (HttpContext http) => Refusals.Unsupported(http.Request.Method));
            var repository = registry.MapGroup("/{name}").AddEndpointFilter<RepositoryFilter>();
            repository.MapGet("/tags/list", TagsAsync);
            repository.MapGet("/referrers/{digest}", ReferrersAsync);
            repository.MapMethods("/manifests/{reference}", reading, ManifestEndpoint.GetAsync);
            repository.MapMethods("/blobs/{digest}", reading, BlobEndpoint.GetAsync);
        }
    }

    private static async Task<IResult> CatalogAsync(HttpContext http, AppStore apps) =>
        Page.Of(
            http, (await apps.ListAsync(http.RequestAborted)).Where(app => Grant.Of(http).Allows(Scope.Read, app.Name)).Select(app => app.Name.ToString()),
            names => TypedResults.Json(new Catalog(names), RegistryJson.Default.Catalog));

    private static async Task<IResult> TagsAsync(HttpContext http, ReleaseStore releases)
    {
        var app = RepositoryFilter.AppOf(http);
        var all = await releases.ListAsync(app, http.RequestAborted);
        var tags = all.Where(release => release.Droplet is not null).SelectMany(release => ImageTag.Of(release.Version, release == all[0]));
        return Page.Of(http, tags, page => TypedResults.Json(new TagList(app.Name.ToString(), page), RegistryJson.Default.TagList));
    }

    private static async Task<IResult> ReferrersAsync(HttpContext http, string digest, AppImages images)
    {
        if (!Digest.TryParse(digest, null, out var subject))
            return Refusals.NoDigest(digest);
        var found = await images.ReferrersAsync(RepositoryFilter.AppOf(http), subject, http.RequestAborted);
        if (http.Request.Query["artifactType"].ToString() is { Length: > 0 } type)
        {
            found = [.. found.Where(referrer => referrer.ArtifactType == type)];
            http.Response.Headers["OCI-Filters-Applied"] = "artifactType";
        }

        return TypedResults.Bytes(OciJson.Write(new ImageIndex { Manifests = found }), MediaTypes.Index);
    }
}
