using System.CommandLine;
using Slug.Api;
using Slug.Commands.Services;
using Slug.Commands.Terminals;

namespace Slug.Commands;

/// <summary><c>slug config APP</c>: shows and changes config vars. A change makes a release.</summary>
internal static class ConfigCommand
{
    private static readonly Argument<string> app = SharedOptions.App();
    private static readonly Argument<string[]> set = new("KEY=VALUE") { Description = "Config vars to set", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<string[]> unset = new("--unset") { Description = "A config var to remove; may be given often", HelpName = "KEY" };

    public static Command Create()
    {
        var command = new DocumentedCommand(
            "config", "Show, set and unset an app's config vars",
            "slug config hello", "slug config hello GREETING='good day' --unset OLD") { app, set, unset, SharedOptions.Json };
        set.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1))
                result.AddError($"{UsageErrors.Code}'{token.Value}' is not KEY=VALUE");
        });
        command.Runs(RunAsync);
        return command;
    }

    /// <summary>What is asked for: a value sets, null unsets.</summary>
    public static Dictionary<string, string?> ChangesOf(IEnumerable<string> set, IEnumerable<string> unset)
    {
        var changes = unset.Distinct().ToDictionary(key => key, _ => (string?)null);
        foreach (var pair in set)
            changes[pair[..pair.IndexOf('=', StringComparison.Ordinal)]] = pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..];
        return changes;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        using var client = ServiceClient.Of(parse);
        var route = ServiceRoute.Config(parse.GetRequiredValue(app));
        var changes = ChangesOf(parse.GetValue(set) ?? [], parse.GetValue(unset) ?? []);
        var (method, body) = changes.Count == 0
            ? (HttpMethod.Get, null)
            : (HttpMethod.Patch, JsonContent.Create(changes, ApiJson.Default.DictionaryStringString));
        var config = await client.SendAsync(method, route, body, ApiJson.Default.IReadOnlyDictionaryStringString, cancellationToken);
        Show(parse, config);
        return ExitCode.Ok;
    }

    private static void Show(ParseResult parse, IReadOnlyDictionary<string, string> config)
    {
        var screen = Screen.Of(parse);
        if (parse.GetValue(SharedOptions.Json))
            screen.Json(config, ApiJson.Default.IReadOnlyDictionaryStringString);
        else if (config.Count == 0)
            screen.Remark("there are no config vars");
        else
            screen.Table(["KEY", "VALUE"], config.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (string[])[pair.Key, pair.Value]));
    }
}
