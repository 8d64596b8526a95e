namespace Slug.Tests.Api;

/// <summary>The whole table.</summary>
internal static class ApiCases
{
    private const string Nowhere = "00000000-0000-0000-0000-000000000000";

    public static IReadOnlyList<ApiCase> All { get; } =
    [
        new("GET /slug/status", "/slug/status"),
        new("GET /slug/apps", "/slug/apps"),
        new("POST /slug/apps", "/slug/apps") { Body = """{"name":"brand-new"}""", Status = 201, Bad = new(422, "SLUG6192") { Body = """{"name":"newer","dyr":"web"}""", Says = "'dyr'" } },
        new("PATCH /slug/apps/{app}/", "/slug/apps/mine") { Body = """{"dir":"."}""", Bad = new(422, "SLUG6191") { Body = """{"dir":["web"]}""", Says = "'dir' of the body is not what it has to be; expected a text" } },
        new("DELETE /slug/apps/{app}/", "/slug/apps/doomed") { Status = 204, Bad = BadRequest.NoApp("/slug/apps/nobody") },
        new("GET /slug/apps/{app}/config", "/slug/apps/mine/config") { Bad = BadRequest.NoApp("/slug/apps/nobody/config") },
        new("PATCH /slug/apps/{app}/config", "/slug/apps/mine/config") { Body = """{"GREETING":"hello","GONE":null}""", Bad = new(422, "SLUG6191") { Body = """{"GREETING":7}""", Says = "'GREETING'" } },
        new("GET /slug/apps/{app}/buildpacks/", "/slug/apps/mine/buildpacks") { Bad = BadRequest.NoApp("/slug/apps/nobody/buildpacks") },
        new("PUT /slug/apps/{app}/buildpacks/", "/slug/apps/mine/buildpacks") { Body = """["nodejs"]""", Bad = new(422, "SLUG6191") { Body = """["nodejs",1]""", Says = "'[1]' of the body" } },
        new("POST /slug/apps/{app}/buildpacks/", "/slug/apps/mine/buildpacks") { Body = """["static"]""", Bad = new(422, "SLUG2200") { Body = "[null]" } },
        new("DELETE /slug/apps/{app}/buildpacks/", "/slug/apps/mine/buildpacks?buildpack=nodejs") { Bad = new(400, "SLUG6197") { Path = "/slug/apps/mine/buildpacks", Says = "'buildpack'" } },
        new("GET /slug/apps/{app}/builds", "/slug/apps/mine/builds") { Bad = BadRequest.NoApp("/slug/apps/nobody/builds") },
        new("POST /slug/apps/{app}/builds", "/slug/apps/mine/builds") { Body = "{archive}", Bad = new(422, "SLUG2330") { Body = "no archive", Type = "application/gzip" } },
        new("POST /slug/apps/{app}/tests", "/slug/apps/mine/tests?commit={commit}") { Bad = new(404, "SLUG2232") { Path = "/slug/apps/mine/tests?commit=main" } },
        new("GET /slug/builds/{build}", "/slug/builds/{build}") { Bad = new(404, "SLUG3021") { Path = $"/slug/builds/{Nowhere}" } },
        new("GET /slug/builds/{build}/log", "/slug/builds/mine/log?from=1&follow=false") { Bad = new(400, "SLUG6196") { Path = "/slug/builds/mine/log?from=99999999999", Says = "'from' of the query is '99999999999'; expected a whole number of at most 2147483647" } },
        new("GET /slug/builds/{build}/capsule", "/slug/builds/{build}/capsule") { Bad = new(404, "SLUG3021") { Path = "/slug/builds/No%20Name/capsule" } },
        new("POST /slug/builds/{build}/cancel", "/slug/builds/{waiting}/cancel") { Status = 202, Bad = new(409, "SLUG3020") { Path = "/slug/builds/{build}/cancel" } },
        new("GET /slug/apps/{app}/cache", "/slug/apps/mine/cache") { Bad = BadRequest.NoApp("/slug/apps/nobody/cache") },
        new("DELETE /slug/apps/{app}/cache", "/slug/apps/mine/cache") { Bad = BadRequest.NoApp("/slug/apps/nobody/cache") },
        new("GET /slug/apps/{app}/releases", "/slug/apps/mine/releases") { Bad = BadRequest.NoApp("/slug/apps/nobody/releases") },
        new("GET /slug/apps/{app}/droplets", "/slug/apps/mine/droplets") { Bad = BadRequest.NoApp("/slug/apps/nobody/droplets") },
        new("GET /slug/droplets/{droplet}", "/slug/droplets/mine@v2") { Bad = new(404, "SLUG4153") { Path = "/slug/droplets/mine@v99" } },
        new("GET /slug/droplets/{droplet}/provenance", "/slug/droplets/{droplet}/provenance") { Bad = new(404, "SLUG4151") { Path = "/slug/droplets/sha256:123/provenance" } },
        new("GET /slug/droplets/{droplet}/sbom", "/slug/droplets/{droplet}/sbom") { Bad = new(404, "SLUG4151") { Path = "/slug/droplets/nobody/sbom" } },
        new("POST /slug/verifications", "/slug/verifications?of={droplet}") { Bad = new(400, "SLUG6197") { Path = "/slug/verifications", Says = "'of'" } },
        new("GET /slug/apps/{app}/hooks/", "/slug/apps/mine/hooks") { Bad = BadRequest.NoApp("/slug/apps/nobody/hooks") },
        new("POST /slug/apps/{app}/hooks/", "/slug/apps/mine/hooks")
        {
            Body = """{"forge":"gitlab","urls":["https://example.org/me/hello.git"]}""",
            Status = 201,
            Bad = new(422, "SLUG6232") { Body = """{"forge":"gitea","urls":[null]}""" },
        },
        new("DELETE /slug/apps/{app}/hooks/{hook}", "/slug/apps/mine/hooks/github") { Status = 204, Bad = new(404, "SLUG6236") { Path = "/slug/apps/mine/hooks/nowhere" } },
        new("GET /slug/apps/{app}/hooks/{hook}/deliveries", "/slug/apps/mine/hooks/kept/deliveries") { Bad = new(404, "SLUG6236") { Path = "/slug/apps/mine/hooks/nowhere/deliveries" } },
        new("GET /slug/apps/{app}/launch", "/slug/apps/mine/launch") { Bad = new(409, "SLUG5001") { Path = "/slug/apps/other/launch" } },
        new("GET /slug/apps/{app}/slug.tgz", "/slug/apps/mine/slug.tgz") { Bad = new(409, "SLUG5001") { Path = "/slug/apps/other/slug.tgz" } },
        new("GET /slug/apps/{app}/layers.tar", "/slug/apps/mine/layers.tar") { Bad = BadRequest.NoApp("/slug/apps/nobody/layers.tar") },
        new("GET /slug/tokens", "/slug/tokens"),
        new("POST /slug/tokens", "/slug/tokens")
        {
            Body = """{"name":"ci","scopes":["read"],"app":"mine","lifetime":60}""",
            Status = 201,
            Bad = new(422, "SLUG6192") { Body = """{"name":"ci2","scopes":["read"],"lifetyme":60}""", Says = "'lifetyme', which is nothing here; expected 'name', 'scopes', 'app', 'lifetime'" },
        },
        new("DELETE /slug/tokens/{token}", "/slug/tokens/old") { Status = 204, Bad = new(404, "SLUG6016") { Path = "/slug/tokens/nowhere" } },
        new("GET /slug/events", "/slug/events?last=10&after=0&app=mine") { Bad = new(400, "SLUG6196") { Path = "/slug/events?last=10&follow=1", Says = "'follow' of the query is '1'; expected true or false" } },
        new("POST /slug/apps/{app}/webhooks/{webhook}/test", "/slug/apps/mine/webhooks/{webhook}/test") { Status = 202, Bad = new(404, "SLUG6255") { Path = "/slug/apps/mine/webhooks/nowhere/test" } },
        new("POST /slug/apps/{app}/webhook-deliveries/{delivery}/redeliver", "/slug/apps/mine/webhook-deliveries/{delivery}/redeliver")
        {
            Status = 202,
            Bad = new(404, "SLUG6256") { Path = "/slug/apps/mine/webhook-deliveries/nowhere/redeliver" },
        },
        new("GET /slug/bootstraps", "/slug/bootstraps"),
        new("POST /slug/bootstraps", "/slug/bootstraps")
        {
            Body = """{"commit":"c","tree":"t","startedAt":"2026-11-21T20:00:00Z","took":"00:01:30","stages":[{"stage":1,"compiledBy":"itself"}],"comparisons":[],"holds":true,"verdict":"good"}""",
            Status = 204,
            Bad = new(422, "SLUG6191") { Body = """{"commit":"c"}""", Says = "'tree' (has to be there)" },
        },
        new("GET /slug/intake", "/slug/intake"),
        new("POST /slug/intake/close", "/slug/intake/close"),
        new("POST /slug/intake/open", "/slug/intake/open"),
        new("POST /slug/gc", "/slug/gc?dryRun=true") { Bad = new(400, "SLUG6198") { Path = "/slug/gc?dry-run=true", Says = "'dry-run'" } },
        new("POST /slug/fsck", "/slug/fsck"),
    ];
}
