namespace Slug.Webhooks.Incoming.Forges;

/// <summary>Gitea and Forgejo. They send pings of no kind: a test is the last push once more.</summary>
internal sealed class Gitea : IForge
{
    public string Name => "gitea";

    public string Login => "oauth2";

    public bool IsGood(HookRequest request, HookSecret secret, ExpectedSignatures expected, DateTimeOffset now) =>
        HexSignature.IsOf(expected.OfBody, HeaderOf(request, "Signature"), "");

    public string? KeyOf(HookRequest request) => HeaderOf(request, "Delivery");

    public bool IsBodyGoodOnce(HookRequest request) => true;

    public Notice Read(HookRequest request) =>
        HeaderOf(request, "Event") is var told && told == "push" ? RefPush.Read(request) : new Notice.Other(told ?? "");

    public StatusCall StatusOf(CommitStatus status, string token) => new(
        $"repos/{status.Repository}/statuses/{status.Commit}", "Authorization", $"token {token}",
        new Dictionary<string, string>
        {
            ["state"] = status.State,
            ["target_url"] = status.Address,
            ["description"] = status.Description,
            ["context"] = status.Context,
        });

    public Uri ApiOf(Uri repository) => new(repository, "/api/v1/");

    private static string? HeaderOf(HookRequest request, string name) => request.Header($"X-Forgejo-{name}") ?? request.Header($"X-Gitea-{name}");
}
