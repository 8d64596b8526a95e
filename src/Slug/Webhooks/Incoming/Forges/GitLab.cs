using System.Text.Json;

namespace Slug.Webhooks.Incoming.Forges;

/// <summary>gitlab.com and GitLab of one's own: a token that is sent along, or of newer versions a signature as Standard Webhooks has it.</summary>
internal sealed class GitLab : IForge
{
    public string Name => "gitlab";

    public string Login => "oauth2";

    // Where there is a signature it has to be good: the token beside it proves less.
    public bool IsGood(HookRequest request, HookSecret secret, ExpectedSignatures expected, DateTimeOffset now) =>
        request.Headers.ContainsKey(StandardSignature.Signature)
            ? StandardSignature.IsGood(request, expected, now)
            : request.Header("X-Gitlab-Token") is { } token && secret.Is(token);

    public string? KeyOf(HookRequest request) =>
        request.Header(StandardSignature.Id) ?? request.Header("Idempotency-Key") ?? request.Header("X-Gitlab-Event-UUID");

    // Two pushes may have the same body here, and who saw a token needs no body of others.
    public bool IsBodyGoodOnce(HookRequest request) => false;

    public Notice Read(HookRequest request)
    {
        var push = JsonSerializer.Deserialize(request.Payload.Span, ForgeJson.Default.GitLabPush) ?? throw new JsonException("it is null");
        return push is { ObjectKind: "push" or "tag_push", Ref: { } reference, After: { } after }
            ? new Notice.Pushed([RefChange.Of(reference, after)], push.Project?.GitHttpUrl)
            : new Notice.Other(push.ObjectKind);
    }

    public StatusCall StatusOf(CommitStatus status, string token) => new(
        $"projects/{Uri.EscapeDataString(Uri.UnescapeDataString(status.Repository))}/statuses/{status.Commit}", "PRIVATE-TOKEN", token,
        new Dictionary<string, string>
        {
            ["state"] = status.State == CommitStatus.Failure ? "failed" : status.State,
            ["ref"] = status.Branch,
            ["name"] = status.Context,
            ["target_url"] = status.Address,
            ["description"] = status.Description,
        });

    public Uri ApiOf(Uri repository) => new(repository, "/api/v4/");
}

/// <summary>A push as GitLab tells it.</summary>
internal sealed record GitLabPush
{
    public required string ObjectKind { get; init; }

    public string? Ref { get; init; }

    public string? After { get; init; }

    public GitLabProject? Project { get; init; }
}

internal sealed record GitLabProject(string? GitHttpUrl);
