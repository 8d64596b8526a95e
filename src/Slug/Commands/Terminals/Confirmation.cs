namespace Slug.Commands.Terminals;

/// <summary>What cannot be undone is typed out, or agreed to with <c>--yes</c>.</summary>
internal static class Confirmation
{
    /// <exception cref="CommandException">There is nobody to ask, or the answer is no.</exception>
    public static async Task AskAsync(Screen screen, string warning, string word, CancellationToken cancellationToken)
    {
        if (Console.IsInputRedirected || !screen.IsTerminal)
            throw CommandException.Usage($"SLUG8013: {warning} There is nobody to ask here; add --yes");
        screen.Remark($"{warning} Type '{word}' to go on:");
        if (await Console.In.ReadLineAsync(cancellationToken) != word)
            throw CommandException.User($"SLUG8014: that is not '{word}'; nothing was done");
    }
}
