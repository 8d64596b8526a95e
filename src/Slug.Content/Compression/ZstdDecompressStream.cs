using System.Buffers;

namespace Slug.Content.Compression;

/// <summary>
/// Reads what zstd frames hold: one frame, or several in a row (RFC 8878).
/// Memory is bounded by zstd's own limit on windows (128 MiB); how much comes out is for the reader to bound.
/// </summary>
/// <param name="inner">Where frames come from. It stays open: who made it closes it.</param>
public sealed class ZstdDecompressStream(Stream inner) : ForwardStream
{
    private const int InputSize = 128 * 1024;

    private readonly ZstdDecompressor context = new();
    private readonly byte[] input = ArrayPool<byte>.Shared.Rent(InputSize);
    private int position;
    private int available;
    private bool more;
    private bool between = true;
    private bool any;
    private bool closed;

    /// <inheritdoc/>
    public override bool CanRead => !closed;

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The bytes are no zstd frame, are damaged, or end too early.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
            return 0;
        while (true)
        {
            if (Step(buffer, out var written))
                return written;
            if (!Filled(inner.Read(input)))
                return 0;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The bytes are no zstd frame, are damaged, or end too early.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
            return 0;
        while (true)
        {
            if (Step(buffer.Span, out var written))
                return written;
            if (!Filled(await inner.ReadAsync(input, cancellationToken)))
                return 0;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !closed)
        {
            closed = true;
            context.Dispose();
            ArrayPool<byte>.Shared.Return(input);
        }

        base.Dispose(disposing);
    }

    private unsafe bool Step(Span<byte> buffer, out int written)
    {
        ObjectDisposedException.ThrowIf(closed, this);
        written = 0;
        while (written == 0 && (position < available || more))
        {
            fixed (byte* source = input, target = buffer)
            {
                var from = new Native.ZstdBuffer { Pointer = (nint)source, Size = (nuint)available, Position = (nuint)position };
                var to = new Native.ZstdBuffer { Pointer = (nint)target, Size = (nuint)buffer.Length };
                between = ZstdContext.Checked(Native.DecompressStream(context, ref to, ref from)) == 0;
                position = (int)from.Position;
                written = (int)to.Position;
                // A full output means that libzstd may hold more of it without needing more input.
                more = !between && written == buffer.Length;
            }
        }

        return written > 0;
    }

    private bool Filled(int read)
    {
        position = 0;
        available = read;
        any |= read > 0;
        if (read == 0 && !(between && any))
            throw new InvalidDataException("zstd: the data ends before its frame does");
        return read > 0;
    }
}
