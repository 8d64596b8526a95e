using System.Text.Json;
using System.Text.Json.Serialization;

namespace Slug.Webhooks.Incoming.Forges;

/// <summary>Bitbucket Data Center, and Server before it: signed as Bitbucket Cloud signs, told in other words.</summary>
internal sealed class BitbucketDataCenter : IForge
{
    // Before it stands where Bitbucket is on its host, after it project and repository.
    private const string Clones = "/scm/";

    public string Name => "bitbucket-dc";

    public string Login => "x-token-auth";

    public bool IsGood(HookRequest request, HookSecret secret, ExpectedSignatures expected, DateTimeOffset now) =>
        HexSignature.IsOf(expected.OfBody, request.Header("X-Hub-Signature"), "sha256=");

    public string? KeyOf(HookRequest request) => request.Header("X-Request-Id");

    public bool IsBodyGoodOnce(HookRequest request) => true;

    public Notice Read(HookRequest request)
    {
        if (request.Header("X-Event-Key") is var told && told != "repo:refs_changed")
            return told == "diagnostics:ping" ? new Notice.Ping() : new Notice.Other(told ?? "");
        var push = JsonSerializer.Deserialize(request.Payload.Span, ForgeJson.Default.RefsChanged) ?? throw new JsonException("it is null");
        return new Notice.Pushed(
            [.. push.Changes.OfType<ChangedRef>().Select(change => RefChange.Of(change.Ref.Id, change.ToHash))],
            push.Repository?.Links?.Clones?.FirstOrDefault(link => link.Name is "http" or "https")?.Href);
    }

    public StatusCall? StatusOf(CommitStatus status, string token) => status.Repository.Split('/') is not [.., var project, var repository] ? null : new(
        $"projects/{project}/repos/{repository}/commits/{status.Commit}/builds", "Authorization", $"Bearer {token}",
        new Dictionary<string, string>
        {
            ["key"] = status.Context,
            ["name"] = status.Context,
            ["state"] = Bitbucket.StateOf(status),
            ["ref"] = $"refs/heads/{status.Branch}",
            ["url"] = status.Address,
            ["description"] = status.Description,
        });

    public Uri ApiOf(Uri repository)
    {
        var at = repository.AbsolutePath.IndexOf(Clones, StringComparison.Ordinal);
        return new(repository, $"{(at < 0 ? "" : repository.AbsolutePath[..at])}/rest/api/latest/");
    }
}

/// <summary>A push as Bitbucket Data Center tells it.</summary>
internal sealed record RefsChanged
{
    public required IReadOnlyList<ChangedRef> Changes { get; init; }

    public DataCenterRepository? Repository { get; init; }
}

/// <summary>Of what is gone, ToHash is forty zeros.</summary>
internal sealed record ChangedRef
{
    public required NamedRef Ref { get; init; }

    [JsonPropertyName("toHash")]
    public required string ToHash { get; init; }
}

internal sealed record NamedRef
{
    public required string Id { get; init; }
}

internal sealed record DataCenterRepository(DataCenterLinks? Links);

internal sealed record DataCenterLinks([property: JsonPropertyName("clone")] IReadOnlyList<DataCenterLink>? Clones);

internal sealed record DataCenterLink(string? Href, string? Name);
