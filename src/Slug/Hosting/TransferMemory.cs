using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace Slug.Hosting;

/// <summary>
/// What connections read into and write from, in blocks that are held only while bytes are in them, and used again. The first ones are so large
/// that a layer of 170 MB comes in some 3,000 reads, which in blocks of 4 KB cost more than its hash; where many connections are busy,
/// as when hundreds follow a log, the others are small.
/// </summary>
internal sealed class TransferMemory : MemoryPool<byte>, IMemoryPoolFactory<byte>
{
    private const int Large = 32 * 1024;
    private const int Small = 4 * 1024;
    private const int MostLarge = 64;
    private const int MostSmall = 4096; // that are kept

    private readonly ConcurrentQueue<byte[]> small = new();
    // The one used last comes first: of these no more are made than are in use at once.
    private readonly ConcurrentStack<byte[]> large = new(Enumerable.Range(0, MostLarge).Select(_ => Array.Empty<byte>()));

    public override int MaxBufferSize => Small;

    public MemoryPool<byte> Create(MemoryPoolOptions? options) => new TransferMemory();

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, Small);
        if (large.TryPop(out var bytes))
            return new Block(this, bytes.Length > 0 ? bytes : GC.AllocateUninitializedArray<byte>(Large, pinned: true));
        return new Block(this, small.TryDequeue(out bytes) ? bytes : GC.AllocateUninitializedArray<byte>(Small, pinned: true));
    }

    protected override void Dispose(bool disposing)
    {
        large.Clear();
        small.Clear();
    }

    private void Return(byte[] bytes)
    {
        if (bytes.Length == Large)
            large.Push(bytes);
        else if (small.Count < MostSmall)
            small.Enqueue(bytes);
    }

    private sealed class Block(TransferMemory pool, byte[] rented) : IMemoryOwner<byte>
    {
        private byte[]? bytes = rented;

        public Memory<byte> Memory => bytes ?? throw new ObjectDisposedException(nameof(Block));

        public void Dispose()
        {
            if (Interlocked.Exchange(ref bytes, null) is { } returned)
                pool.Return(returned);
        }
    }
}
