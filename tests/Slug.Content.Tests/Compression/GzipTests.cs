using System.IO.Compression;
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using Slug.Content.Compression;

namespace Slug.Content.Tests.Compression;

[CancelAfter(60_000)]
internal sealed class GzipTests
{
    private const int Piece = 1 << 20;

    private static readonly byte[] large = [.. Enumerable.Range(0, 3 * Piece).Select(i => (byte)(i * i / 7)), .. RandomNumberGenerator.GetBytes(Piece / 3)];

    [Test]
    public void Whatever_is_compressed_comes_back() =>
        Prop.ForAll<byte[], int>((content, pieces) => Decompress(Compress(content, 1 + Math.Abs(pieces % 50))).AsSpan().SequenceEqual(content))
            .QuickCheckThrowOnFailure();

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(Piece - 1)]
    [TestCase(Piece)]
    [TestCase(Piece + 1)]
    [TestCase(2 * Piece)]
    [TestCase(3 * Piece + 7)]
    public void The_gzip_program_reads_it_as_one_member(int length)
    {
        using var directory = new TemporaryDirectory();
        var content = large[..length];
        File.WriteAllBytes(directory["content.gz"], Compress(content));
        Program.Run("gzip", "-t", directory["content.gz"]);
        Program.Run("gzip", "-dk", directory["content.gz"]);
        Assert.That(File.ReadAllBytes(directory["content"]), Is.EqualTo(content));
        // Python's zlib object stops after one member: nothing may be left.
        Program.Run("python3", "-c", "import sys,zlib; d=zlib.decompressobj(31); d.decompress(open(sys.argv[1],'rb').read()); assert d.eof and not d.unused_data", directory["content.gz"]);
    }

    [Test]
    public void Neither_threads_nor_writes_change_the_bytes()
    {
        var one = Compress(large, threads: 1);
        Assert.That(Compress(large, pieces: 7, threads: 2), Is.EqualTo(one));
        Assert.That(Compress(large, pieces: 1000, threads: 8), Is.EqualTo(one));
    }

    [Test]
    public void A_failing_destination_is_told_to_who_writes()
    {
        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        var stream = new GzipCompressStream(full, 2);
        Assert.That(async () => await stream.WriteAsync(large), Throws.InstanceOf<IOException>());
        Assert.That(async () => await stream.DisposeAsync(), Throws.InstanceOf<IOException>());
    }

    [Test]
    public async Task The_inner_stream_stays_open_and_nothing_is_written_after_the_end()
    {
        using var inner = new MemoryStream();
        var stream = new GzipCompressStream(inner, 1);
        await stream.DisposeAsync();
        await stream.DisposeAsync();
        Assert.That((inner.CanWrite, inner.Length, stream.CanWrite), Is.EqualTo((true, 20, false)));
        Assert.That(async () => await stream.WriteAsync(large), Throws.TypeOf<ObjectDisposedException>());
    }

    private static byte[] Compress(byte[] content, int pieces = 1, int threads = 2) => CompressAsync(content, pieces, threads).GetAwaiter().GetResult();

    private static async Task<byte[]> CompressAsync(byte[] content, int pieces, int threads)
    {
        using var compressed = new MemoryStream();
        await using (var stream = new GzipCompressStream(compressed, threads))
        {
            foreach (var piece in content.Chunk(Math.Max(1, content.Length / pieces)))
                await stream.WriteAsync(piece);
        }

        return compressed.ToArray();
    }

    private static byte[] Decompress(byte[] compressed)
    {
        using var gzip = new GZipStream(new MemoryStream(compressed), CompressionMode.Decompress);
        using var content = new MemoryStream();
        gzip.CopyTo(content);
        return content.ToArray();
    }
}
