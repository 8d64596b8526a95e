using System.Text;

namespace Slug.Hosting;

/// <summary>Reads a stream to its end and keeps a bounded part of it as text.</summary>
internal static class CapturedText
{
    /// <summary>The first characters.</summary>
    public static Task<string> HeadOfAsync(Stream stream, int limit, CancellationToken cancellationToken) =>
        ReadAsync(stream, (text, read) => text.Append(read.Span[..Math.Min(read.Length, limit - text.Length)]), cancellationToken);

    /// <summary>The last characters.</summary>
    public static Task<string> TailOfAsync(Stream stream, int limit, CancellationToken cancellationToken) =>
        ReadAsync(stream, (text, read) =>
        {
            text.Append(read.Span);
            if (text.Length > limit)
                text.Remove(0, text.Length - limit);
        }, cancellationToken);

    private static async Task<string> ReadAsync(
        Stream stream, Action<StringBuilder, ReadOnlyMemory<char>> keep, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        var text = new StringBuilder();
        var buffer = new char[8192];
        int count;
        while ((count = await reader.ReadAsync(buffer, cancellationToken)) > 0)
            keep(text, buffer.AsMemory(0, count));
        return text.ToString();
    }
}
