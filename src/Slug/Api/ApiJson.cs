using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Slug.Hosting;

namespace Slug.Api;

/// <summary>JSON of everything under <c>/slug/</c>: camel case, nulls left out.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<AppView>))]
[JsonSerializable(typeof(NewAppRequest))]
[JsonSerializable(typeof(AppChanges))]
[JsonSerializable(typeof(IReadOnlyList<BuildView>))]
[JsonSerializable(typeof(IReadOnlyList<CacheView>))]
[JsonSerializable(typeof(CapsuleView))]
[JsonSerializable(typeof(IReadOnlyList<DropletView>))]
[JsonSerializable(typeof(DropletDetails))]
[JsonSerializable(typeof(IReadOnlyList<ReleaseView>))]
[JsonSerializable(typeof(LaunchView))]
[JsonSerializable(typeof(StatusView))]
[JsonSerializable(typeof(IntakeState))]
[JsonSerializable(typeof(ReadyView))]
[JsonSerializable(typeof(IReadOnlyList<Swept>))]
[JsonSerializable(typeof(CheckProgress))]
[JsonSerializable(typeof(CheckReport))]
[JsonSerializable(typeof(IReadOnlyList<TokenView>))]
[JsonSerializable(typeof(TokenRequest))]
[JsonSerializable(typeof(NewTokenView))]
[JsonSerializable(typeof(HappenedEvent))]
[JsonSerializable(typeof(IReadOnlyList<HookView>))]
[JsonSerializable(typeof(NewHookRequest))]
[JsonSerializable(typeof(NewHookView))]
[JsonSerializable(typeof(IReadOnlyList<DeliveryView>))]
[JsonSerializable(typeof(ProblemView))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(Dictionary<string, string?>))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>Problems: quotes in messages as they are, for those who read them with curl. No page shows them.</summary>
    public static ApiJson Plain => field ??= new(new(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
