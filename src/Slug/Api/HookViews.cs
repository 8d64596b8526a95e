namespace Slug.Api;

/// <summary>A hook, without its secrets. Path: where the forge sends to. Login: the user that fetches, where there are credentials. TellsForge: whether it is told of builds.</summary>
internal sealed record HookView(
    string Name, string Forge, string Branch, IReadOnlyList<string> Urls, string Path, string? Login, bool TellsForge, string? Api, DateTimeOffset CreatedAt);

/// <summary>A new hook. Its secret is told here and never again.</summary>
internal sealed record NewHookView(HookView Hook, string Secret);

/// <summary>What came in by a hook, and what became of it.</summary>
internal sealed record DeliveryView
{
    public required Guid Id { get; init; }

    /// <summary>The sender's own id.</summary>
    public required string Key { get; init; }

    /// <summary>ignored, accepted, building, superseded, succeeded or failed.</summary>
    public required string Status { get; init; }

    /// <summary>Why it was ignored, or failed, or which release it made.</summary>
    public string? Reason { get; init; }

    public string? Branch { get; init; }

    public string? Commit { get; init; }

    public Guid? Build { get; init; }

    /// <summary>The state that the forge was last told, or why it was not.</summary>
    public string? Told { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }
}
