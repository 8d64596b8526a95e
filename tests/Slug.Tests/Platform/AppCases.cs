namespace Slug.Tests.Platform;

internal static class AppCases
{
    public const string Members =
        "acm archived_at build_stack buildpack_provided_description created_at generation git_url id internal_routing maintenance name organization owner region released_at repo_size slug_size space stack team updated_at web_url";

    private const string App = "#/definitions/app";

    public static IReadOnlyList<PlatformCase> All { get; } =
    [
        new("GET /apps", "/apps") { Schema = App, IsList = true, Members = Members, Bad = BadInput.NoRange },
        new("GET /users/~/apps", "/users/~/apps") { Schema = App, IsList = true, Members = Members, Bad = BadInput.NoRange },
        new("POST /apps", "/apps")
        {
            Body = """{"name":"brand-new","stack":"heroku-22","region":"local"}""",
            Status = 201,
            Schema = App,
            Members = Members,
            Bad = new(422, "invalid_params", "SLUG6106") { Body = """{"name":"No Name"}""" },
        },
        new("GET /apps/{app}/", "/apps/mine") { Schema = App, Members = Members, Bad = BadInput.NoApp("/apps/nobody") },
        new("PATCH /apps/{app}/", "/apps/{renamed}")
        {
            Body = """{"name":"renamed","maintenance":false,"build_stack":"bookworm"}""",
            Schema = App,
            Members = Members,
            Bad = new(422, "invalid_params", "SLUG6107") { Body = """{"name":"mine"}""" },
        },
        new("DELETE /apps/{app}/", "/apps/doomed") { Schema = App, Members = Members, Bad = BadInput.NoApp("/apps/00000000-0000-0000-0000-000000000000") },
    ];
}
