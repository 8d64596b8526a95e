namespace Slug.Tests.Platform;

internal static class BuildingCases
{
    private const string Buildpack = "#/definitions/buildpack-installation";
    private const string Stack = "#/definitions/stack";
    private const string Formation = "#/definitions/formation";
    private const string StackMembers = "created_at default id name state updated_at";
    private const string FormationMembers = "app command created_at dyno_size id quantity size type updated_at";

    public static IReadOnlyList<PlatformCase> All { get; } =
    [
        new("PUT /apps/{app}/buildpack-installations", "/apps/mine/buildpack-installations")
        {
            Body = """{"updates":[{"buildpack":"heroku/nodejs"},{"buildpack":"urn:buildpack:heroku/static"},{"buildpack":"https://git.example.org/own.git#v1"}]}""",
            Schema = Buildpack,
            IsList = true,
            Members = "buildpack ordinal",
            Bad = new(422, "invalid_params", "SLUG2201") { Body = """{"updates":[{"buildpack":"heroku/cobol"}]}""" },
        },
        new("GET /apps/{app}/buildpack-installations", "/apps/built/buildpack-installations")
        {
            Schema = Buildpack,
            IsList = true,
            Members = "buildpack ordinal",
            Bad = BadInput.NoApp("/apps/nobody/buildpack-installations"),
        },
        new("GET /stacks", "/stacks") { Schema = Stack, IsList = true, Members = StackMembers, Bad = BadInput.NoRange },
        new("GET /apps/{app}/available-stacks", "/apps/mine/available-stacks") { Schema = Stack, IsList = true, Members = StackMembers, Bad = BadInput.NoRange },
        new("GET /stacks/{stack}", "/stacks/bookworm") { Schema = Stack, Members = StackMembers, Bad = new(404, "not_found", "SLUG6117") { Path = "/stacks/cedar" } },
        new("GET /apps/{app}/formation", "/apps/mine/formation") { Schema = Formation, IsList = true, Members = FormationMembers, Bad = BadInput.NoRange },
        new("GET /apps/{app}/formation/{type}", "/apps/mine/formation/web")
        {
            Schema = Formation,
            Members = FormationMembers,
            Bad = new(404, "not_found", "SLUG6118") { Path = "/apps/mine/formation/nothing" },
        },
        new("PATCH /apps/{app}/formation", "/apps/mine/formation")
        {
            Body = """{"updates":[{"type":"web","quantity":0}]}""",
            Schema = Formation,
            IsList = true,
            Members = FormationMembers,
            Bad = new(422, "invalid_params", "SLUG6119") { Body = """{"updates":[{"type":"web","quantity":"2"}]}""" },
        },
        new("PATCH /apps/{app}/formation/{type}", "/apps/mine/formation/web")
        {
            Body = """{"quantity":0}""",
            Schema = Formation,
            Members = FormationMembers,
            Bad = new(422, "invalid_params", "SLUG6119") { Body = """{"quantity":1}""" },
        },
        new("GET /apps/{app}/dynos", "/apps/mine/dynos") { Schema = "#/definitions/dyno", IsList = true, Bad = BadInput.NoApp("/apps/nobody/dynos") },
    ];
}
