using System.Buffers;
using System.Globalization;
using System.Text;

namespace Slug.Platform.Streams;

/// <summary>Server-sent events (WHATWG HTML, 9.2): the data of all of them, joined, are the log; an id is the byte that comes next.</summary>
internal sealed class EventForm : IStreamForm
{
    public string ContentType => "text/event-stream";

    public void WritePiece(IBufferWriter<byte> body, ReadOnlySpan<byte> piece, long position)
    {
        WriteId(body, position);
        // A reader puts a line's end between two data and none after the last, so a piece that ends with one has an empty last.
        foreach (var line in piece.Split((byte)'\n'))
        {
            body.Write("data: "u8);
            body.Write(piece[line]);
            body.Write("\n"u8);
        }

        body.Write("\n"u8);
    }

    public void WriteAlive(IBufferWriter<byte> body) => body.Write(": alive\n\n"u8);

    public void WriteEnd(IBufferWriter<byte> body, long position, string status)
    {
        WriteId(body, position);
        Encoding.UTF8.GetBytes($"event: end\ndata: {status}\n\n", body);
    }

    private static void WriteId(IBufferWriter<byte> body, long position) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {position}\n"), body);
}
