namespace Slug.Commands.Remotes;

/// <summary>A program's output, line by line, while it runs.</summary>
internal static class LiveLines
{
    public static async Task ReadAsync(Stream stream, Action<string> show, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
            show(line.TrimEnd());
    }
}
