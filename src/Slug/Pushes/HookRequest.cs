using System.Text;

namespace Slug.Pushes;

/// <summary>What the pre-receive hook hands over: its standard input and git's quarantine.</summary>
internal sealed record HookRequest
{
    /// <summary>The most that is read of a hook: 64 commands with names of 4,096 bytes.</summary>
    private const int Longest = 64 * 4200;

    /// <summary>Null where a line is no command, or there are more than anyone may push.</summary>
    public required IReadOnlyList<RefCommand>? Commands { get; init; }

    public required Quarantine? Quarantine { get; init; }

    public static async Task<HookRequest> ReadAsync(HttpRequest request, Repository repository, CancellationToken cancellationToken)
    {
        var quarantine = request.Headers["Slug-Quarantine"].ToString();
        return new()
        {
            Commands = await ReadCommandsAsync(request.Body, cancellationToken),
            Quarantine = quarantine.Length == 0 ? null : Quarantine.Of(repository, quarantine),
        };
    }

    internal static async Task<IReadOnlyList<RefCommand>?> ReadCommandsAsync(Stream body, CancellationToken cancellationToken)
    {
        var bytes = new byte[Longest];
        var length = await body.ReadAtLeastAsync(bytes, Longest, throwOnEndOfStream: false, cancellationToken);
        var lines = Encoding.UTF8.GetString(bytes, 0, length).Split('\n');
        var commands = lines[..^1].Select(RefCommand.Read).OfType<RefCommand>().ToArray();
        return lines[^1].Length == 0 && commands.Length == lines.Length - 1 && commands.Length > 0 ? commands : null;
    }
}
