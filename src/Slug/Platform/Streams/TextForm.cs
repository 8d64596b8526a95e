using System.Buffers;

namespace Slug.Platform.Streams;

/// <summary>The log itself. A zero byte, which no log holds, is the sign of life; the answer's end is the log's.</summary>
internal sealed class TextForm : IStreamForm
{
    public string ContentType => "text/plain; charset=utf-8";

    public void WritePiece(IBufferWriter<byte> body, ReadOnlySpan<byte> piece, long position) => body.Write(piece);

    public void WriteAlive(IBufferWriter<byte> body) => body.Write("\0"u8);

    public void WriteEnd(IBufferWriter<byte> body, long position, string status)
    {
        // A reader that was cut off lacks the last chunk.
    }
}
