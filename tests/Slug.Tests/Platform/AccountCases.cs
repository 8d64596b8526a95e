namespace Slug.Tests.Platform;

internal static class AccountCases
{
    private const string Authorization = "#/definitions/oauth-authorization";
    private const string AuthorizationMembers = "access_token client created_at description grant id refresh_token scope session updated_at user";

    public static IReadOnlyList<PlatformCase> All { get; } =
    [
        new("GET /account", "/account")
        {
            Schema = "#/definitions/account",
            Members = "allow_tracking beta country_of_residence created_at default_organization default_team delinquent_at email federated id identity_provider last_login name sms_number suspended_at two_factor_authentication updated_at verified",
            Bad = BadInput.OldVersion,
        },
        new("GET /account/rate-limits", "/account/rate-limits") { Schema = "#/definitions/rate-limit", Members = "remaining", Bad = BadInput.OldVersion },
        new("POST /oauth/authorizations", "/oauth/authorizations")
        {
            Body = """{"scope":["global"],"description":"Heroku CLI login","expires_in":2592000}""",
            Status = 201,
            Schema = Authorization,
            Members = AuthorizationMembers,
            Bad = new(422, "invalid_params", "SLUG6121") { Body = """{"scope":["write"]}""" },
        },
        new("GET /oauth/authorizations", "/oauth/authorizations") { Schema = Authorization, IsList = true, Members = AuthorizationMembers, Bad = BadInput.NoRange },
        new("GET /oauth/authorizations/{authorization}", "/oauth/authorizations/~")
        {
            Schema = Authorization,
            Members = AuthorizationMembers,
            Bad = new(404, "not_found", "SLUG6122") { Path = "/oauth/authorizations/00000000-0000-0000-0000-000000000000" },
        },
        new("GET /addons", "/addons") { Schema = "#/definitions/add-on", IsList = true, Bad = BadInput.OldVersion },
        new("GET /addon-attachments", "/addon-attachments") { Schema = "#/definitions/add-on-attachment", IsList = true, Bad = BadInput.OldVersion },
        new("GET /teams", "/teams") { Schema = "#/definitions/team", IsList = true, Bad = BadInput.OldVersion },
        Absent("addons", "#/definitions/add-on"),
        Absent("addon-attachments", "#/definitions/add-on-attachment"),
        Absent("collaborators", "#/definitions/collaborator"),
        Absent("domains", "#/definitions/domain"),
        Absent("features", "#/definitions/app-feature"),
        Absent("log-drains", "#/definitions/log-drain"),
    ];

    private static PlatformCase Absent(string name, string schema) =>
        new($"GET /apps/{{app}}/{name}", $"/apps/mine/{name}") { Schema = schema, IsList = true, Bad = BadInput.NoApp($"/apps/nobody/{name}") };
}
