using System.Buffers;
using System.Buffers.Binary;

namespace Slug.Engines;

/// <summary>
/// Two outputs on one stream, as the engine sends them without a terminal: frames of one byte for the stream,
/// three zero bytes, the length in four bytes, then the bytes (Docker Engine API, "ContainerAttach").
/// </summary>
internal sealed class MultiplexedStream(Stream stream)
{
    private const int HeaderLength = 8;
    private const byte Error = 2;

    /// <summary>Copies both to their places until the end.</summary>
    /// <exception cref="EndOfStreamException">The stream ends within a frame.</exception>
    public async Task CopyAsync(Stream output, Stream error, CancellationToken cancellationToken)
    {
        var header = new byte[HeaderLength];
        while (await stream.ReadAtLeastAsync(header, HeaderLength, throwOnEndOfStream: false, cancellationToken) is var count and > 0)
        {
            if (count < HeaderLength)
                throw new EndOfStreamException("the engine's stream ends within a frame's header");
            var target = header[0] == Error ? error : output;
            await CopyFrameAsync(target, BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4)), cancellationToken);
            await target.FlushAsync(cancellationToken);
        }
    }

    private async Task CopyFrameAsync(Stream target, uint length, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            for (var left = length; left > 0;)
            {
                var part = buffer.AsMemory(0, (int)Math.Min(left, (uint)buffer.Length));
                await stream.ReadExactlyAsync(part, cancellationToken);
                await target.WriteAsync(part, cancellationToken);
                left -= (uint)part.Length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
