using System.Buffers;
using System.Text.Json;
using System.Threading.Channels;
using Slug.Content.Wire;

namespace Slug.Builder.Protocol;

/// <summary>Writes events as NDJSON: a lone one at once, a flood in large pieces.</summary>
internal static class EventStream
{
    private const int Piece = 32 * 1024;

    public static async Task WriteAsync(ChannelReader<BuildEvent> events, Stream destination, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>(Piece);
        using var json = new Utf8JsonWriter(buffer);
        while (await events.WaitToReadAsync(cancellationToken))
        {
            while (buffer.WrittenCount < Piece && events.TryRead(out var happened))
            {
                json.Reset();
                JsonSerializer.Serialize(json, happened, WireJson.Default.BuildEvent);
                buffer.Write("\n"u8);
            }

            await destination.WriteAsync(buffer.WrittenMemory, cancellationToken);
            await destination.FlushAsync(cancellationToken);
            buffer.ResetWrittenCount();
        }
    }
}
