namespace Slug.Tokens;

/// <summary>What each endpoint of the public door asks of a token. An endpoint that is not here is open to nobody.</summary>
internal static class AccessRules
{
    /// <summary>Patterns that need no token.</summary>
    public static IReadOnlySet<string> Open { get; } = new HashSet<string> { "/healthz", "/readyz", "/slug/signing-key", "/slug/openapi.json" };

    /// <summary>Method and pattern to scope; null where any good token will do, and the endpoint shows what that token may see.</summary>
    public static IReadOnlyDictionary<string, Scope?> Table { get; } = new Dictionary<string, Scope?>
    {
        ["GET /slug/status"] = Scope.Read,
        ["GET /slug/apps"] = null,
        ["POST /slug/apps"] = Scope.Deploy,
        ["PATCH /slug/apps/{app}/"] = Scope.Config,
        ["DELETE /slug/apps/{app}/"] = Scope.Admin,
        ["GET /slug/apps/{app}/config"] = Scope.Config,
        ["PATCH /slug/apps/{app}/config"] = Scope.Config,
        ["GET /slug/apps/{app}/buildpacks/"] = Scope.Read,
        ["PUT /slug/apps/{app}/buildpacks/"] = Scope.Config,
        ["POST /slug/apps/{app}/buildpacks/"] = Scope.Config,
        ["DELETE /slug/apps/{app}/buildpacks/"] = Scope.Config,
        ["GET /slug/apps/{app}/builds"] = Scope.Read,
        ["POST /slug/apps/{app}/builds"] = Scope.Deploy,
        ["POST /slug/apps/{app}/tests"] = Scope.Deploy,
        ["GET /slug/builds/{build}"] = Scope.Read,
        ["GET /slug/builds/{build}/log"] = Scope.Read,
        ["GET /slug/builds/{build}/capsule"] = Scope.Deploy,
        ["POST /slug/builds/{build}/cancel"] = Scope.Deploy,
        ["GET /slug/apps/{app}/cache"] = Scope.Read,
        ["DELETE /slug/apps/{app}/cache"] = Scope.Deploy,
        ["GET /slug/apps/{app}/releases"] = Scope.Read,
        ["GET /slug/apps/{app}/droplets"] = Scope.Read,
        ["GET /slug/droplets/{droplet}"] = null,
        ["GET /slug/droplets/{droplet}/provenance"] = null,
        ["GET /slug/droplets/{droplet}/sbom"] = null,
        ["POST /slug/verifications"] = null,
        ["GET /slug/apps/{app}/launch"] = Scope.Config,
        ["GET /slug/apps/{app}/slug.tgz"] = Scope.Read,
        ["GET /slug/apps/{app}/layers.tar"] = Scope.Read,
        ["GET /slug/tokens"] = Scope.Admin,
        ["POST /slug/tokens"] = Scope.Admin,
        ["DELETE /slug/tokens/{token}"] = Scope.Admin,
        ["GET /slug/events"] = null,
        ["GET /slug/bootstraps"] = Scope.Admin,
        ["POST /slug/bootstraps"] = Scope.Admin,
        ["GET /slug/intake"] = Scope.Admin,
        ["POST /slug/intake/close"] = Scope.Admin,
        ["POST /slug/intake/open"] = Scope.Admin,
        ["POST /slug/gc"] = Scope.Admin,
        ["POST /slug/fsck"] = Scope.Admin,
        ["GET /v2/token"] = null,
        ["GET /v2/"] = null,
        ["GET /v2/_catalog"] = null,
        ["GET /v2/{name}/tags/list"] = Scope.Read,
        ["GET /v2/{name}/referrers/{digest}"] = Scope.Read,
        ["GET /v2/{name}/manifests/{reference}"] = Scope.Read,
        ["GET /v2/{name}/blobs/{digest}"] = Scope.Read,
        ["GET /v2/{**name}"] = Scope.Read,
        ["POST /v2/{**name}"] = Scope.Read,
        ["PUT /v2/{**name}"] = Scope.Read,
        ["PATCH /v2/{**name}"] = Scope.Read,
        ["DELETE /v2/{**name}"] = Scope.Read,
        ["GET /{name}.git/info/refs"] = Scope.Read,
        ["GET /{name}.git/info/refs?service=git-receive-pack"] = Scope.Deploy,
        ["POST /{name}.git/git-receive-pack"] = Scope.Deploy,
        ["POST /{name}.git/git-upload-pack"] = Scope.Read,
        ["GET /{name}/info/refs"] = Scope.Read,
        ["GET /{name}/info/refs?service=git-receive-pack"] = Scope.Deploy,
        ["POST /{name}/git-receive-pack"] = Scope.Deploy,
        ["POST /{name}/git-upload-pack"] = Scope.Read,
        ["GET /{name}.git/{**file}"] = Scope.Read,
        ["POST /{name}.git/info/lfs/objects/batch"] = Scope.Read,
        ["PUT /{name}.git/info/lfs/objects/{oid}"] = Scope.Deploy,
        ["GET /{name}.git/info/lfs/objects/{oid}"] = Scope.Read,
        ["POST /{name}.git/info/lfs/verify"] = Scope.Deploy,
        ["* /{name}.git/info/lfs/locks/{**rest}"] = Scope.Read,
    };

    /// <summary>False for an endpoint that is not in the table.</summary>
    public static bool TryFind(HttpRequest request, RouteEndpoint endpoint, out Scope? scope)
    {
        var pattern = endpoint.RoutePattern.RawText;
        var key = $"{(HttpMethods.IsHead(request.Method) ? HttpMethods.Get : request.Method)} {pattern}";
        return Table.TryGetValue($"{key}?service={request.Query["service"]}", out scope)
            || Table.TryGetValue(key, out scope)
            || Table.TryGetValue($"* {pattern}", out scope);
    }

    public static string InWords(Scope? scope) => scope?.ToString().ToLowerInvariant() ?? "an endpoint that is in the table of scopes";
}
