namespace Slug.Tests.Platform;

internal static class ReleaseCases
{
    private const string Release = "#/definitions/release";
    private const string Members = "addon_plan_names app artifacts created_at current description eligible_for_rollback id output_stream_url slug status updated_at user version";

    public static IReadOnlyList<PlatformCase> All { get; } =
    [
        new("GET /apps/{app}/releases", "/apps/mine/releases") { Schema = Release, IsList = true, Members = Members, Bad = BadInput.NoRange },
        new("GET /apps/{app}/releases/{release}", "/apps/mine/releases/v2")
        {
            Schema = Release,
            Members = Members,
            Bad = new(404, "not_found", "SLUG6111") { Path = "/apps/mine/releases/v99" },
        },
        new("POST /apps/{app}/releases", "/apps/mine/releases")
        {
            Body = """{"slug":"{slug}","description":"Again"}""",
            Status = 201,
            Schema = Release,
            Members = Members,
            Bad = new(422, "invalid_params", "SLUG6112") { Body = """{"slug":"{slug}","release":"{v2}"}""" },
        },
        new("GET /apps/{app}/releases/{release}/config-vars", "/apps/mine/releases/current/config-vars")
        {
            Schema = ConfigVars,
            Bad = new(404, "not_found", "SLUG6111") { Path = "/apps/mine/releases/none/config-vars" },
        },
        new("GET /apps/{app}/config-vars", "/apps/mine/config-vars") { Schema = ConfigVars, Bad = BadInput.NoApp("/apps/nobody/config-vars") },
        new("PATCH /apps/{app}/config-vars", "/apps/mine/config-vars")
        {
            Body = """{"GREETING":"hello","NOTHING":null}""",
            Schema = ConfigVars,
            Bad = new(422, "invalid_params", "SLUG6004") { Body = """{"no name":"x"}""" },
        },
    ];

    private const string ConfigVars = "#/definitions/config-var/definitions/config_vars";
}
