using System.CommandLine;
using Slug.Api;
using Slug.Commands.Services;
using Slug.Commands.Terminals;

namespace Slug.Commands;

/// <summary><c>slug tokens</c>: who may do what.</summary>
internal static class TokensCommand
{
    private static readonly Argument<string> name = new("NAME") { Description = "What events call who uses it" };
    private static readonly Option<string[]> scopes = new("--scope")
    {
        Description = "What it opens: read, deploy, config (values of config vars among it), or admin; more than once",
        HelpName = "SCOPE",
        Required = true,
    };

    private static readonly Option<string?> app = new("--app") { Description = "The one app that it is for; all of them where none is named", HelpName = "APP" };
    private static readonly Option<TimeSpan?> expires = new("--expires")
    {
        Description = "After how long it opens nothing any more, like 12h or 30d",
        HelpName = "TIME",
        CustomParser = result =>
        {
            if (Units.TryReadDuration(result.Tokens[0].Value, out var duration))
                return duration;
            result.AddError($"{UsageErrors.Code}--expires is '{result.Tokens[0].Value}'; expected a time like 12h or 30d");
            return null;
        },
    };

    public static Command Create()
    {
        var create = new DocumentedCommand(
            "create", "Give out a token; it is shown this once",
            "slug tokens create ci --scope deploy --scope read --app hello --expires 90d", "slug tokens create anna --scope admin") { name, scopes, app, expires, SharedOptions.Json };
        create.Runs(CreateAsync);
        var revoke = new DocumentedCommand("revoke", "Take a token back", "slug tokens revoke ci") { name };
        revoke.Runs(RevokeAsync);
        var command = new DocumentedCommand("tokens", "List, give out and take back tokens", "slug tokens", "slug tokens create ci --scope deploy --app hello") { SharedOptions.Json, create, revoke };
        command.Runs(ListAsync);
        return command;
    }

    private static async Task<int> ListAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        using var client = ServiceClient.Of(parse);
        var tokens = await client.GetAsync(ServiceRoute.Tokens, ApiJson.Default.IReadOnlyListTokenView, cancellationToken);
        return Listing.Show(
            parse, tokens, ApiJson.Default.IReadOnlyListTokenView, "there are no tokens",
            ["NAME", "OPENS", "APP", "CREATED", "EXPIRES", "LAST USED"],
            token =>
            [
                token.Name, string.Join(' ', token.Scopes), token.App ?? "all", Wording.Time(token.CreatedAt),
                token.ExpiresAt is { } end ? Wording.Time(end) : "never", token.LastUsedAt is { } used ? Wording.Time(used) : "never",
            ]);
    }

    private static async Task<int> CreateAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        using var client = ServiceClient.Of(parse);
        var request = new TokenRequest(parse.GetRequiredValue(name), parse.GetRequiredValue(scopes), parse.GetValue(app), (long?)parse.GetValue(expires)?.TotalSeconds);
        var made = await client.SendAsync(
            HttpMethod.Post, ServiceRoute.Tokens, JsonContent.Create(request, ApiJson.Default.TokenRequest), ApiJson.Default.NewTokenView, cancellationToken);
        var screen = Screen.Of(parse);
        if (parse.GetValue(SharedOptions.Json))
            screen.Json(made, ApiJson.Default.NewTokenView);
        else
            screen.Line(made.Token);
        return ExitCode.Ok;
    }

    private static async Task<int> RevokeAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        using var client = ServiceClient.Of(parse);
        await client.DeleteAsync(ServiceRoute.Token(parse.GetRequiredValue(name)), cancellationToken);
        Screen.Of(parse).Line($"Revoked {parse.GetRequiredValue(name)}.");
        return ExitCode.Ok;
    }
}
