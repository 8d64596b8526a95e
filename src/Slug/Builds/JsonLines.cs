using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Slug.Builds;

/// <summary>Reads a builder's NDJSON stream, a line at a time as they come.</summary>
internal static class JsonLines
{
    // A log line has at most 10,000 bytes; every one of them may be escaped to six.
    private const int LongestLine = 64 * 1024;

    /// <exception cref="InvalidDataException">A line is too long.</exception>
    /// <exception cref="JsonException">A line is not of that type.</exception>
    public static async IAsyncEnumerable<T> ReadAsync<T>(PipeReader reader, JsonTypeInfo<T> type, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var rest = read.Buffer;
            while (TryTakeLine(ref rest, out var line))
                yield return Parse(line, type);
            if (rest.Length > LongestLine)
                throw new InvalidDataException($"a line is longer than {LongestLine} bytes");
            reader.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted)
                yield break;
        }
    }

    private static bool TryTakeLine(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> line)
    {
        line = default;
        if (buffer.PositionOf((byte)'\n') is not { } end)
            return false;
        line = buffer.Slice(0, end);
        buffer = buffer.Slice(buffer.GetPosition(1, end));
        return true;
    }

    private static T Parse<T>(ReadOnlySequence<byte> line, JsonTypeInfo<T> type)
    {
        var json = new Utf8JsonReader(line);
        return JsonSerializer.Deserialize(ref json, type) ?? throw new JsonException("a line is null");
    }
}
