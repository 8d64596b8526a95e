using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace Slug.Hosting;

/// <summary>
/// What connections read into: blocks so large that a layer of 100 MB comes in 1,600 reads. In the server's own, of 4 KB, it takes 25,000,
/// which cost more than its hash. A connection holds a block only while bytes are in it.
/// </summary>
internal sealed class TransferMemory : MemoryPool<byte>, IMemoryPoolFactory<byte>
{
    private const int BlockSize = 64 * 1024;

    public override int MaxBufferSize => BlockSize;

    public MemoryPool<byte> Create(MemoryPoolOptions? options) => new TransferMemory();

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1) =>
        minBufferSize <= BlockSize ? new Block() : throw new ArgumentOutOfRangeException(nameof(minBufferSize), minBufferSize, $"a block has {BlockSize} bytes");

    protected override void Dispose(bool disposing)
    {
    }

    private sealed class Block : IMemoryOwner<byte>
    {
        private byte[]? bytes = ArrayPool<byte>.Shared.Rent(BlockSize);

        public Memory<byte> Memory => bytes ?? throw new ObjectDisposedException(nameof(Block));

        public void Dispose()
        {
            if (Interlocked.Exchange(ref bytes, null) is { } rented)
                ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
