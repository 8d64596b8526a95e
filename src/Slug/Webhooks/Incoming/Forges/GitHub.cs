namespace Slug.Webhooks.Incoming.Forges;

/// <summary>github.com and GitHub Enterprise Server.</summary>
internal sealed class GitHub : IForge
{
    public string Name => "github";

    public string Login => "x-access-token";

    public bool IsGood(HookRequest request, HookSecret secret, ExpectedSignatures expected, DateTimeOffset now) =>
        HexSignature.IsOf(expected.OfBody, request.Header("X-Hub-Signature-256"), "sha256=");

    public string? KeyOf(HookRequest request) => request.Header("X-GitHub-Delivery");

    public bool IsBodyGoodOnce(HookRequest request) => true;

    public Notice Read(HookRequest request) => request.Header("X-GitHub-Event") switch
    {
        "ping" => new Notice.Ping(),
        "push" => RefPush.Read(request),
        var other => new Notice.Other(other ?? ""),
    };

    public StatusCall StatusOf(CommitStatus status, string token) => new(
        $"repos/{status.Repository}/statuses/{status.Commit}", "Authorization", $"Bearer {token}",
        new Dictionary<string, string>
        {
            ["state"] = status.State,
            ["target_url"] = status.Address,
            ["description"] = status.Description,
            ["context"] = status.Context,
        });

    public Uri ApiOf(Uri repository) =>
        repository.Host.Equals("github.com", StringComparison.OrdinalIgnoreCase) ? new("https://api.github.com/") : new(repository, "/api/v3/");
}
