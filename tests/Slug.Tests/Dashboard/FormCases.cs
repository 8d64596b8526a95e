namespace Slug.Tests.Dashboard;

/// <summary>A form of the dashboard, sent with what no user of its page would send.</summary>
/// <param name="Endpoint">As the table of scopes has it.</param>
/// <param name="Path">Where it goes; <c>{build}</c> is one that has failed.</param>
/// <param name="Status">How it is refused.</param>
/// <param name="Code">With which code.</param>
internal sealed record FormCase(string Endpoint, string Path, int Status, string Code)
{
    public Dictionary<string, string> Fields { get; init; } = [];

    public override string ToString() => Endpoint;

    public static IReadOnlyList<FormCase> All { get; } =
    [
        // There is nothing to get wrong but the form's key.
        new("POST /ui/sign-out", "/ui/sign-out", 403, "SLUG6301") { Fields = new() { ["form"] = "another's" } },
        new("POST /ui/apps/{app}/releases/{release}/rollback", "/ui/apps/mine/releases/v99/rollback", 409, "SLUG6113"),
        new("POST /ui/apps/{app}/config/reveal", "/ui/apps/mine/config/reveal", 404, "SLUG6333") { Fields = new() { ["name"] = "NOWHERE" } },
        new("POST /ui/apps/{app}/config/set", "/ui/apps/mine/config/set", 422, "SLUG6004") { Fields = new() { ["name"] = "1A", ["value"] = "x" } },
        new("POST /ui/apps/{app}/config/remove", "/ui/apps/mine/config/remove", 404, "SLUG6333"),
        new("POST /ui/apps/{app}/buildpacks", "/ui/apps/mine/buildpacks", 422, "SLUG2201") { Fields = new() { ["buildpacks"] = "nosuch" } },
        new("POST /ui/apps/{app}/webhooks/{webhook}/test", "/ui/apps/mine/webhooks/nowhere/test", 404, "SLUG6255"),
        new("POST /ui/apps/{app}/webhook-deliveries/{delivery}/redeliver", "/ui/apps/mine/webhook-deliveries/nowhere/redeliver", 404, "SLUG6256"),
        new("POST /ui/builds/{build}/cancel", "/ui/builds/{build}/cancel", 409, "SLUG3020"),
        new("POST /ui/builds/{build}/again", "/ui/builds/{build}/again", 409, "SLUG6303"),
    ];
}
