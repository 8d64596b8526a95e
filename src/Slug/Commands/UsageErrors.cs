using System.CommandLine;

namespace Slug.Commands;

/// <summary>What is wrong with a command line, all of it at once.</summary>
internal static class UsageErrors
{
    /// <summary>Begins the message of a validator of ours; what the parser finds by itself gets it here.</summary>
    public const string Code = "SLUG8010: ";

    public static string Of(ParseResult parse) =>
        string.Join('\n', parse.Errors.Select(error => error.Message).Distinct().Select(Coded))
        + $"\nSee: {CommandOf(parse)} --help";

    private static string Coded(string message) =>
        message.StartsWith(Code, StringComparison.Ordinal) ? message : Code + message.TrimEnd('.').Replace(Environment.NewLine, " ", StringComparison.Ordinal);

    private static string CommandOf(ParseResult parse)
    {
        var names = new List<string>();
        for (var result = parse.CommandResult; result is not null; result = result.Parent as System.CommandLine.Parsing.CommandResult)
            names.Insert(0, result.Parent is null ? "slug" : result.Command.Name);
        return string.Join(' ', names);
    }
}
