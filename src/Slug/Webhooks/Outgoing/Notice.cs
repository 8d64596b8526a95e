namespace Slug.Webhooks.Outgoing;

/// <summary>What an event of Slug's is to a webhook: something done to one of Heroku's resources.</summary>
/// <param name="Include">What a webhook names to hear of it.</param>
/// <param name="Action">create, update or destroy.</param>
internal sealed record Notice(string Include, string Action)
{
    public const string App = "api:app";
    public const string Build = "api:build";
    public const string Release = "api:release";

    /// <summary>What a webhook may name.</summary>
    public static IReadOnlyList<string> Includes { get; } = [App, Build, Release];

    /// <summary>Of a delivery that somebody asked for, to try a webhook: it is no change of anything.</summary>
    public static Notice Test { get; } = new("slug:test", "create");

    /// <summary>As payloads name it.</summary>
    public string Resource => Include.Split(':')[1];

    /// <summary>Null for what Heroku has no word for. A change of config is told by the release that it makes.</summary>
    public static Notice? Of(string kind) => kind switch
    {
        "app.created" => new(App, "create"),
        "app.changed" or "app.buildpacks" => new(App, "update"),
        "app.destroyed" => new(App, "destroy"),
        "build.queued" => new(Build, "create"),
        "build.succeeded" or "build.failed" or "build.cancelled" => new(Build, "update"),
        "release.created" => new(Release, "create"),
        _ => null,
    };
}
