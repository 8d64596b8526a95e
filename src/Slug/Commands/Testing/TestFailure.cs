namespace Slug.Commands.Testing;

/// <summary>Tests of one class that failed with the same words: where what they all stand on failed, that is told once.</summary>
internal sealed record TestFailure(string Class, IReadOnlyList<string> Names, string Message)
{
    private const int FirstLines = 10;
    private const int LastLines = 40;

    /// <summary>The tests, and below them the begin and the end of what was said.</summary>
    public IEnumerable<string> Lines =>
    [
        .. Names.Select(name => $"{Class}.{name}"),
        .. Shortened(Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Select(line => $"  {line}"),
    ];

    private static string[] Shortened(string[] lines) => lines.Length <= FirstLines + LastLines
        ? lines
        : [.. lines[..FirstLines], $"… {lines.Length - FirstLines - LastLines} more lines; all of it stands where the test ran", .. lines[^LastLines..]];
}
