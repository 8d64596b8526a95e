using System.Text.Json;

namespace Slug.Webhooks.Incoming.Forges;

/// <summary>Bitbucket Cloud: one delivery may tell of several branches and tags.</summary>
internal sealed class Bitbucket : IForge
{
    public string Name => "bitbucket";

    public string Login => "x-token-auth";

    public bool IsGood(HookRequest request, HookSecret secret, ExpectedSignatures expected, DateTimeOffset now) =>
        HexSignature.IsOf(expected.OfBody, request.Header("X-Hub-Signature"), "sha256=");

    public string? KeyOf(HookRequest request) => request.Header("X-Request-UUID");

    public bool IsBodyGoodOnce(HookRequest request) => true;

    public Notice Read(HookRequest request)
    {
        if (request.Header("X-Event-Key") is var told && told != "repo:push")
            return told == "diagnostics:ping" ? new Notice.Ping() : new Notice.Other(told ?? "");
        var payload = JsonSerializer.Deserialize(request.Payload.Span, ForgeJson.Default.BitbucketPush) ?? throw new JsonException("it is null");
        return new Notice.Pushed([.. payload.Push.Changes.OfType<BitbucketChange>().Select(ChangeOf).OfType<RefChange>()], payload.Repository?.Links?.Html?.Href);
    }

    // Its states are three words of its own, and a status is known by its key, of at most 40 characters.
    public StatusCall StatusOf(CommitStatus status, string token) => new(
        $"repositories/{status.Repository}/commit/{status.Commit}/statuses/build", "Authorization", $"Bearer {token}",
        new Dictionary<string, string>
        {
            ["key"] = status.Context,
            ["name"] = status.Context,
            ["state"] = StateOf(status),
            ["url"] = status.Address,
            ["description"] = status.Description,
        });

    public Uri ApiOf(Uri repository) =>
        repository.Host.Equals("bitbucket.org", StringComparison.OrdinalIgnoreCase) ? new("https://api.bitbucket.org/2.0/") : new(repository, "/2.0/");

    public static string StateOf(CommitStatus status) => status.State switch { CommitStatus.Success => "SUCCESSFUL", CommitStatus.Failure => "FAILED", _ => "INPROGRESS" };

    private static RefChange? ChangeOf(BitbucketChange change) => (change.New ?? change.Old) switch
    {
        { Type: "branch", Name: var name } => RefChange.OfBranch(name, change.New?.Target?.Hash),
        { Name: var name } => new($"refs/tags/{name}", change.New?.Target?.Hash),
        null => null,
    };
}

/// <summary>A push as Bitbucket tells it.</summary>
internal sealed record BitbucketPush
{
    public required BitbucketChanges Push { get; init; }

    public BitbucketRepository? Repository { get; init; }
}

internal sealed record BitbucketChanges
{
    public required IReadOnlyList<BitbucketChange> Changes { get; init; }
}

/// <summary>New is null of what is gone, Old of what is new.</summary>
internal sealed record BitbucketChange(BitbucketRef? New, BitbucketRef? Old);

internal sealed record BitbucketRef
{
    public required string Type { get; init; }

    public required string Name { get; init; }

    public BitbucketTarget? Target { get; init; }
}

internal sealed record BitbucketTarget(string? Hash);

internal sealed record BitbucketRepository(BitbucketLinks? Links);

internal sealed record BitbucketLinks(BitbucketLink? Html);

internal sealed record BitbucketLink(string? Href);
