using System.Text.Json;

namespace Slug.Webhooks.Incoming.Forges;

/// <summary>Whoever signs as Standard Webhooks has it: a script, another build system. Nobody is told of the build.</summary>
internal sealed class Plain : IForge
{
    public string Name => "plain";

    public string Login => "git";

    public bool IsGood(HookRequest request, HookSecret secret, ExpectedSignatures expected, DateTimeOffset now) => StandardSignature.IsGood(request, expected, now);

    public string? KeyOf(HookRequest request) => request.Header(StandardSignature.Id);

    public bool IsBodyGoodOnce(HookRequest request) => false;

    public Notice Read(HookRequest request)
    {
        var push = JsonSerializer.Deserialize(request.Payload.Span, ForgeJson.Default.PlainPush) ?? throw new JsonException("it is null");
        return push switch
        {
            { Type: "ping" } => new Notice.Ping(),
            { Ref: { } reference, Commit: { } commit } => new Notice.Pushed([RefChange.Of(reference, commit)], push.Url),
            _ => throw new JsonException("it has no 'ref' and 'commit'"),
        };
    }

    public StatusCall? StatusOf(CommitStatus status, string token) => null;

    public Uri ApiOf(Uri repository) => repository;
}

/// <summary>What a sender of one's own sends.</summary>
internal sealed record PlainPush(string? Type, string? Ref, string? Commit, string? Url);
