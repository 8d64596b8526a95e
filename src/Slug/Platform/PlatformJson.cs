using System.Text.Json.Serialization;
using Slug.Platform.Logs;

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
[JsonSerializable(typeof(SourceResource))]
[JsonSerializable(typeof(LogSessionRequest))]
[JsonSerializable(typeof(LogSessionResource))]
internal sealed partial class PlatformJson : JsonSerializerContext;
