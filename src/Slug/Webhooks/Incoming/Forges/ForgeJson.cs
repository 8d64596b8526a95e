using System.Text.Json;
using System.Text.Json.Serialization;

namespace Slug.Webhooks.Incoming.Forges;

/// <summary>What senders send, as far as it is read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(RefPush))]
[JsonSerializable(typeof(GitLabPush))]
[JsonSerializable(typeof(BitbucketPush))]
[JsonSerializable(typeof(RefsChanged))]
[JsonSerializable(typeof(PlainPush))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class ForgeJson : JsonSerializerContext;

/// <summary>A push as GitHub tells it, and Gitea after it: one ref.</summary>
internal sealed record RefPush
{
    public required string Ref { get; init; }

    public required string After { get; init; }

    public RefRepository? Repository { get; init; }

    public static Notice Read(HookRequest request)
    {
        var push = JsonSerializer.Deserialize(request.Payload.Span, ForgeJson.Default.RefPush) ?? throw new JsonException("it is null");
        return new Notice.Pushed([RefChange.Of(push.Ref, push.After)], push.Repository?.CloneUrl);
    }
}

internal sealed record RefRepository(string? CloneUrl);
