using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Slug.Heroku;
using Slug.Platform.Logs;
using Slug.Platform.Webhooks;
using Slug.Webhooks.Outgoing;

namespace Slug.Platform;

/// <summary>JSON of the Platform API: snake case, times to the second, and what is not there is null.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(SecondsConverter)])]
[JsonSerializable(typeof(PlatformError))]
[JsonSerializable(typeof(RateLimitResource))]
[JsonSerializable(typeof(AccountResource))]
[JsonSerializable(typeof(IReadOnlyList<AppResource>))]
[JsonSerializable(typeof(AppRequest))]
[JsonSerializable(typeof(IReadOnlyList<BuildResource>))]
[JsonSerializable(typeof(BuildRequest))]
[JsonSerializable(typeof(BuildResultResource))]
[JsonSerializable(typeof(SlugResource))]
[JsonSerializable(typeof(SlugRequest))]
[JsonSerializable(typeof(SourceResource))]
[JsonSerializable(typeof(LogSessionRequest))]
[JsonSerializable(typeof(LogSessionResource))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
[JsonSerializable(typeof(ConfigChanges))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyList<ReleaseResource>))]
[JsonSerializable(typeof(ReleaseRequest))]
[JsonSerializable(typeof(IReadOnlyList<BuildpackInstallation>))]
[JsonSerializable(typeof(BuildpackUpdates))]
[JsonSerializable(typeof(RegisteredBuildpack))]
[JsonSerializable(typeof(IReadOnlyList<StackResource>))]
[JsonSerializable(typeof(IReadOnlyList<ProcessResource>))]
[JsonSerializable(typeof(FormationUpdates))]
[JsonSerializable(typeof(IReadOnlyList<AuthorizationResource>))]
[JsonSerializable(typeof(AuthorizationRequest))]
[JsonSerializable(typeof(IReadOnlyList<WebhookResource>))]
[JsonSerializable(typeof(WebhookRequest))]
[JsonSerializable(typeof(IReadOnlyList<DeliveryResource>))]
[JsonSerializable(typeof(IReadOnlyList<EventResource>))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class PlatformJson : JsonSerializerContext
{
    /// <summary>Answers: quotes in messages and the &amp; of addresses as they are, for those who read them with curl. No page shows them.</summary>
    public static PlatformJson Plain => field ??= new(new(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
