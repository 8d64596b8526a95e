namespace Slug.Commands.Setup;

/// <summary>The end of a log, which is where the reason stands.</summary>
internal static class LastLines
{
    public static string Of(string text, int count) =>
        string.Join('\n', text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(count));
}
