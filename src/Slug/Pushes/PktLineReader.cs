using System.Buffers;
using System.IO.Pipelines;

namespace Slug.Pushes;

/// <summary>Takes pkt-lines off a pipe, one by one.</summary>
internal sealed class PktLineReader(PipeReader pipe)
{
    /// <summary>The next line; null at the end.</summary>
    /// <exception cref="InvalidPktLineException">A header is not four hex digits of a legal length, or the end comes within a line.</exception>
    public async ValueTask<PktLine?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await pipe.ReadAsync(cancellationToken);
            if (TryTake(read.Buffer, out var line, out var rest))
            {
                pipe.AdvanceTo(rest);
                return line;
            }
            if (read.IsCompleted)
                return read.Buffer.IsEmpty ? null : throw new InvalidPktLineException($"a pkt-line ends after {read.Buffer.Length} bytes");
            pipe.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static bool TryTake(ReadOnlySequence<byte> buffer, out PktLine line, out SequencePosition rest)
    {
        line = default;
        rest = buffer.Start;
        if (buffer.Length < PktLine.HeaderLength)
            return false;
        Span<byte> header = stackalloc byte[PktLine.HeaderLength];
        buffer.Slice(0, PktLine.HeaderLength).CopyTo(header);
        if (!PktLine.TryReadHeader(header, out var kind, out var length))
            throw new InvalidPktLineException($"'{Convert.ToHexStringLower(header)}' is not the header of a pkt-line");
        length = Math.Max(length, PktLine.HeaderLength);
        if (buffer.Length < length)
            return false;
        line = new(kind, buffer.Slice(PktLine.HeaderLength, length - PktLine.HeaderLength).ToArray());
        rest = buffer.GetPosition(length);
        return true;
    }
}
