using System.Globalization;

namespace Slug.Commands.Services;

/// <summary>Paths of the service's API; what users typed becomes one segment, whatever it holds.</summary>
internal static class ServiceRoute
{
    public const string Status = "slug/status";

    public static string Sweep(bool dryRun) => dryRun ? "slug/gc?dryRun=true" : "slug/gc";

    public const string Check = "slug/fsck";

    public const string Tokens = "slug/tokens";

    public static string Token(string name) => $"{Tokens}/{Uri.EscapeDataString(name)}";

    public static string Events(string? app, int last, long? after, bool follow) =>
        $"slug/events?last={last.ToString(CultureInfo.InvariantCulture)}{(app is null ? "" : $"&app={Uri.EscapeDataString(app)}")}{(after is null ? "" : string.Create(CultureInfo.InvariantCulture, $"&after={after}"))}{(follow ? "&follow=true" : "")}";

    public const string Apps = "slug/apps";

    public static string App(string app) => $"{Apps}/{Uri.EscapeDataString(app)}";

    public static string Builds(string app) => $"{App(app)}/builds";

    public static string Buildpacks(string app) => $"{App(app)}/buildpacks";

    public static string Buildpack(string app, string buildpack) => $"{Buildpacks(app)}?buildpack={Uri.EscapeDataString(buildpack)}";

    public static string Hooks(string app) => $"{App(app)}/hooks";

    public static string Hook(string app, string hook) => $"{Hooks(app)}/{Uri.EscapeDataString(hook)}";

    public static string Deliveries(string app, string hook) => $"{Hook(app, hook)}/deliveries";

    public static string Tests(string app, string? commit) => $"{App(app)}/tests{(commit is null ? "" : $"?commit={Uri.EscapeDataString(commit)}")}";

    /// <summary>An app's name or a droplet's digest.</summary>
    public static string Verifications(string of) => $"slug/verifications?of={Uri.EscapeDataString(of)}";

    public static string Droplets(string app) => $"{App(app)}/droplets";

    public static string Droplet(string droplet) => $"slug/droplets/{Uri.EscapeDataString(droplet)}";

    public static string Provenance(string droplet) => $"{Droplet(droplet)}/provenance";

    public static string Sbom(string droplet) => $"{Droplet(droplet)}/sbom";

    public const string SigningKey = "slug/signing-key";

    public static string Releases(string app) => $"{App(app)}/releases";

    public static string Config(string app) => $"{App(app)}/config";

    public static string Webhooks(string app) => $"apps/{Uri.EscapeDataString(app)}/webhooks";

    public static string Webhook(string app, string webhook) => $"{Webhooks(app)}/{Uri.EscapeDataString(webhook)}";

    public static string WebhookTest(string app, string webhook) => $"{App(app)}/webhooks/{Uri.EscapeDataString(webhook)}/test";

    /// <param name="app">Whose.</param>
    /// <param name="status">Those alone; null for all.</param>
    public static string WebhookDeliveries(string app, string? status) => $"apps/{Uri.EscapeDataString(app)}/webhook-deliveries{(status is null ? "" : $"?eq%5Bstatus%5D={status}")}";

    public static string Redelivery(string app, string delivery) => $"{App(app)}/webhook-deliveries/{Uri.EscapeDataString(delivery)}/redeliver";

    public static string Cache(string app) => $"{App(app)}/cache";

    public static string Launch(string app) => $"{App(app)}/launch";

    public static string Slug(string app) => $"{App(app)}/slug.tgz";

    public static string Layers(string app) => $"{App(app)}/layers.tar";

    public static string Cancel(string build) => $"slug/builds/{Uri.EscapeDataString(build)}/cancel";

    public static string Capsule(string build) => $"slug/builds/{Uri.EscapeDataString(build)}/capsule";

    /// <summary>From counts lines, 0 the first.</summary>
    public static string Log(string build, bool follow, int from) =>
        $"slug/builds/{Uri.EscapeDataString(build)}/log?from={from.ToString(CultureInfo.InvariantCulture)}{(follow ? "&follow=true" : "")}";
}
