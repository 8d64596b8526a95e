using System.Text;

namespace Slug.Pushes;

/// <summary>What the pre-receive hook hands over: the push options, its standard input, and git's quarantine.</summary>
internal sealed record HookRequest
{
    /// <summary>The most that is read of a hook: 64 commands with names of 4,096 bytes, and options beside them.</summary>
    private const int Longest = 65 * 4200;

    private const string OptionMark = "option ";

    /// <summary>Null where a line is no command, or there are more than anyone may push.</summary>
    public required IReadOnlyList<RefCommand>? Commands { get; init; }

    /// <summary>As they were given with <c>git push -o</c>.</summary>
    public required IReadOnlyList<string> Options { get; init; }

    public required Quarantine? Quarantine { get; init; }

    public static async Task<HookRequest> ReadAsync(HttpRequest request, Repository repository, CancellationToken cancellationToken)
    {
        var quarantine = request.Headers["Slug-Quarantine"].ToString();
        return await ReadAsync(request.Body, quarantine.Length == 0 ? null : Quarantine.Of(repository, quarantine), cancellationToken);
    }

    internal static async Task<HookRequest> ReadAsync(Stream body, Quarantine? quarantine, CancellationToken cancellationToken)
    {
        var bytes = new byte[Longest];
        var length = await body.ReadAtLeastAsync(bytes, Longest, throwOnEndOfStream: false, cancellationToken);
        var lines = Encoding.UTF8.GetString(bytes, 0, length).Split('\n');
        // Options come first; a command begins with hex digits.
        var options = lines.TakeWhile(line => line.StartsWith(OptionMark, StringComparison.Ordinal)).ToArray();
        return new()
        {
            Options = [.. options.Select(line => line[OptionMark.Length..])],
            Commands = ReadCommands(lines[options.Length..]),
            Quarantine = quarantine,
        };
    }

    private static RefCommand[]? ReadCommands(string[] lines)
    {
        if (lines is not [.., ""])
            return null;
        var commands = lines[..^1].Select(RefCommand.Read).OfType<RefCommand>().ToArray();
        return commands.Length == lines.Length - 1 && commands.Length > 0 ? commands : null;
    }
}
