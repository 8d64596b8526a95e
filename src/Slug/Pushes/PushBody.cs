using System.Buffers;

namespace Slug.Pushes;

/// <summary>The request of a push on its way to git: counted, and read to its end even when git wants no more of it.</summary>
internal sealed class PushBody(Stream source, long limit)
{
    private const int BufferSize = 1 << 16;

    /// <summary>What commands may take beside the pack.</summary>
    private const long Commands = 16 << 20;

    private long count;

    /// <summary>Bytes that came.</summary>
    public long Count => count;

    /// <summary>Copies to git; whether the request came whole.</summary>
    public async Task<bool> CopyToAsync(Stream git, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            return await CopyToAsync(git, buffer, cancellationToken);
        }
        // The pusher hung up, took too long, or sent what is no gzip.
        catch (Exception exception) when (exception is IOException or InvalidDataException or OperationCanceledException)
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<bool> CopyToAsync(Stream git, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var wanted = true;
        int length;
        while ((length = await source.ReadAsync(buffer, cancellationToken)) > 0)
        {
            count += length;
            // git itself refuses a pack above the limit, in words; the pusher reads them once all is sent.
            if (count > (wanted ? limit : 2 * limit) + Commands)
                return false;
            wanted = wanted && await TryWriteAsync(git, buffer[..length], cancellationToken);
        }
        return true;
    }

    private static async Task<bool> TryWriteAsync(Stream git, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await git.WriteAsync(bytes, cancellationToken);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
