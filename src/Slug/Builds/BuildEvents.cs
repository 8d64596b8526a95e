using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Slug.Content.Wire;

namespace Slug.Builds;

/// <summary>Reads the builder's NDJSON stream, a line at a time as they come.</summary>
internal static class BuildEvents
{
    // A log line has at most 10,000 bytes; every one of them may be escaped to six.
    private const int LongestLine = 64 * 1024;

    /// <exception cref="InvalidDataException">A line is too long.</exception>
    /// <exception cref="JsonException">A line is not an event.</exception>
    public static async IAsyncEnumerable<BuildEvent> ReadAsync(PipeReader reader, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var rest = read.Buffer;
            while (TryTakeLine(ref rest, out var line))
                yield return Parse(line);
            if (rest.Length > LongestLine)
                throw new InvalidDataException($"an event's line is longer than {LongestLine} bytes");
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

    private static BuildEvent Parse(ReadOnlySequence<byte> line)
    {
        var json = new Utf8JsonReader(line);
        return JsonSerializer.Deserialize(ref json, WireJson.Default.BuildEvent) ?? throw new JsonException("an event is null");
    }
}
