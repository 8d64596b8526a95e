using System.Buffers;
using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;

namespace Slug.Builds;

/// <summary>
/// A build's log as one text for one reader, from any byte of it on, until the build's end. However fast lines come, the reader
/// is woken a few times in a second and takes all there are: so hundreds may follow one build.
/// </summary>
internal sealed class LogText(SafeFileHandle file, BuildLog? growing, TimeProvider time) : IDisposable
{
    private const int SmallestBuffer = 8 * 1024;

    private static readonly TimeSpan gathering = TimeSpan.FromMilliseconds(50);

    private byte[]? buffer;
    private ReadOnlyMemory<byte> ahead;
    private long stored;

    /// <summary>Where the next byte that is read stands in the text.</summary>
    public long Position { get; private set; }

    /// <summary>Nothing comes after what is there now, and all of that was read.</summary>
    public bool IsAtEnd => growing?.Growth is null && ahead.IsEmpty && stored >= Stored;

    private long Stored => growing?.Stored ?? RandomAccess.GetLength(file);

    /// <summary>Goes on to a byte of the text. False where it has fewer.</summary>
    public bool TrySeek(long position)
    {
        (stored, Position) = growing?.MarkBefore(position) ?? default;
        while (Position < position)
        {
            var text = Next();
            if (text.IsEmpty)
                return false;
            var skipped = (int)Math.Min(text.Length, position - Position);
            ahead = text[skipped..];
            Position += skipped;
        }

        return true;
    }

    /// <summary>What is there and what comes, in pieces of whole lines, each good until the next is asked for.</summary>
    /// <param name="quiet">Where nothing comes for that long an empty piece says that the reader is alive.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(TimeSpan quiet, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var growth = growing?.Growth;
            if (Next() is { IsEmpty: false } text)
            {
                Position += text.Length;
                yield return text;
                continue;
            }

            Return();
            if (growth is null)
                yield break;
            if (await ComesAsync(growth, quiet, cancellationToken))
                await Task.Delay(gathering, time, cancellationToken);
            else
                yield return default;
        }
    }

    public void Dispose()
    {
        Return();
        file.Dispose();
    }

    private async Task<bool> ComesAsync(Task growth, TimeSpan quiet, CancellationToken cancellationToken)
    {
        try
        {
            await growth.WaitAsync(quiet, time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private ReadOnlyMemory<byte> Next()
    {
        if (ahead is { IsEmpty: false } text)
        {
            ahead = default;
            return text;
        }

        buffer ??= ArrayPool<byte>.Shared.Rent(SmallestBuffer);
        while (true)
        {
            var rest = Stored - stored;
            var read = RandomAccess.Read(file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, rest)), stored);
            // What a crash cut short ends without a line's end.
            var lines = buffer.AsSpan(0, read).LastIndexOf((byte)'\n') is >= 0 and var end ? end + 1 : read < rest ? 0 : read;
            if (lines == 0 && read > 0)
            {
                Enlarge();
                continue;
            }

            stored += lines;
            return buffer.AsMemory(0, StoredText.Strip(buffer.AsSpan(0, lines)));
        }
    }

    private void Enlarge()
    {
        var length = buffer!.Length;
        Return();
        buffer = ArrayPool<byte>.Shared.Rent(length * 2);
    }

    private void Return()
    {
        if (buffer is not null)
            ArrayPool<byte>.Shared.Return(buffer);
        (buffer, ahead) = (null, default);
    }
}
