namespace Slug.Tokens;

/// <summary>Metadata of endpoints that browsers use: they are opened by a session's cookie, and by nothing else. No other endpoint takes one.</summary>
internal sealed record BySession;
