using System.Text.Json.Serialization;

namespace Slug.Registry;

/// <summary>What is wrong, as the OCI distribution spec has it ("Error codes"): a code of the spec's, a message with one of ours.</summary>
internal sealed record RegistryErrors(IReadOnlyList<RegistryError> Errors);

/// <summary>One of them.</summary>
internal sealed record RegistryError(string Code, string Message);

/// <summary>Answer of <c>/v2/NAME/tags/list</c>.</summary>
internal sealed record TagList(string Name, IReadOnlyList<string> Tags);

/// <summary>Answer of <c>/v2/_catalog</c>.</summary>
internal sealed record Catalog(IReadOnlyList<string> Repositories);

/// <summary>Answer of <c>/v2/token</c>. Clients read either name.</summary>
internal sealed record TokenAnswer(
    [property: JsonPropertyName("token")] string Token,
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("expires_in")] int ExpiresIn);

/// <summary>The JSON of the registry's own documents.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RegistryErrors))]
[JsonSerializable(typeof(TagList))]
[JsonSerializable(typeof(Catalog))]
[JsonSerializable(typeof(TokenAnswer))]
internal sealed partial class RegistryJson : JsonSerializerContext;
