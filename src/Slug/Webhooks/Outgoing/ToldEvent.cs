namespace Slug.Webhooks.Outgoing;

/// <summary>What webhooks were told.</summary>
internal sealed record ToldEvent
{
    public required Guid Id { get; init; }

    public required string Include { get; init; }

    public required string Action { get; init; }

    /// <summary>The name of the token that did it, or <c>slug</c>.</summary>
    public required string Actor { get; init; }

    /// <summary>JSON: what it was done to, as it was then.</summary>
    public required string Data { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string Resource => new Notice(Include, Action).Resource;
}
