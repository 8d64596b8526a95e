using System.Buffers;

namespace Slug.Content.Compression;

/// <summary>
/// Compresses what is written to it into one zstd frame with a checksum (RFC 8878).
/// Closing it ends the frame. It needs <c>libzstd.so.1</c>, which every Debian has.
/// </summary>
public sealed class ZstdCompressStream : ForwardStream
{
    private const int OutputSize = 128 * 1024;

    private readonly Stream inner;
    private readonly ZstdCompressor context;
    private readonly byte[] output = ArrayPool<byte>.Shared.Rent(OutputSize);
    private bool ended;

    /// <summary>Starts a frame.</summary>
    /// <param name="inner">Where the frame goes. It stays open: who made it closes it.</param>
    /// <param name="level">1 (fast) to 19 (small); 3 is zstd's own default.</param>
    /// <param name="workers">
    /// Threads that compress: 0 compresses in the caller's. Any number from 1 up gives the same bytes as any other, but not those of 0.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">Level or workers are out of range.</exception>
    /// <exception cref="DllNotFoundException">libzstd is not installed.</exception>
    public ZstdCompressStream(Stream inner, int level = 3, int workers = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(level, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, 19);
        ArgumentOutOfRangeException.ThrowIfNegative(workers);
        this.inner = inner;
        context = new(level, workers);
    }

    // The values of ZSTD_EndDirective.
    private enum Directive
    {
        Continue,
        Flush,
        End,
    }

    /// <inheritdoc/>
    public override bool CanWrite => !ended;

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        bool done;
        do
        {
            done = Step(Directive.Continue, ref buffer, out var written);
            if (written > 0)
                inner.Write(output.AsSpan(0, written));
        }
        while (!done);
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        bool done;
        do
        {
            done = Step(Directive.Continue, ref buffer, out var written);
            if (written > 0)
                await inner.WriteAsync(output.AsMemory(0, written), cancellationToken);
        }
        while (!done);
    }

    /// <summary>Hands all that was written so far to the inner stream; each call costs a little size.</summary>
    public override void Flush()
    {
        Finish(Directive.Flush);
        inner.Flush();
    }

    /// <inheritdoc cref="Flush"/>
    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await FinishAsync(Directive.Flush, cancellationToken);
        await inner.FlushAsync(cancellationToken);
    }

    /// <summary>Ends the frame.</summary>
    public override async ValueTask DisposeAsync()
    {
        try
        {
            if (!ended)
                await FinishAsync(Directive.End, CancellationToken.None);
        }
        finally
        {
            Release();
            await base.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        try
        {
            if (disposing && !ended)
                Finish(Directive.End);
        }
        finally
        {
            if (disposing)
                Release();
            base.Dispose(disposing);
        }
    }

    private void Finish(Directive directive)
    {
        var nothing = ReadOnlySpan<byte>.Empty;
        bool done;
        do
        {
            done = Step(directive, ref nothing, out var written);
            if (written > 0)
                inner.Write(output.AsSpan(0, written));
        }
        while (!done);
    }

    private async Task FinishAsync(Directive directive, CancellationToken cancellationToken)
    {
        var nothing = ReadOnlyMemory<byte>.Empty;
        bool done;
        do
        {
            done = Step(directive, ref nothing, out var written);
            if (written > 0)
                await inner.WriteAsync(output.AsMemory(0, written), cancellationToken);
        }
        while (!done);
    }

    private bool Step(Directive directive, ref ReadOnlyMemory<byte> input, out int written)
    {
        var span = input.Span;
        var done = Step(directive, ref span, out written);
        input = input[^span.Length..];
        return done;
    }

    private unsafe bool Step(Directive directive, ref ReadOnlySpan<byte> input, out int written)
    {
        ObjectDisposedException.ThrowIf(ended, this);
        fixed (byte* source = input, target = output)
        {
            var from = new Native.ZstdBuffer { Pointer = (nint)source, Size = (nuint)input.Length };
            var to = new Native.ZstdBuffer { Pointer = (nint)target, Size = (nuint)output.Length };
            var left = ZstdContext.Checked(Native.CompressStream(context, ref to, ref from, (int)directive));
            input = input[(int)from.Position..];
            written = (int)to.Position;
            return directive == Directive.Continue ? input.IsEmpty : left == 0;
        }
    }

    private void Release()
    {
        if (ended)
            return;
        ended = true;
        context.Dispose();
        ArrayPool<byte>.Shared.Return(output);
    }
}
