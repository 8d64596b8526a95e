using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Slug.Content.Compression;

namespace Slug.Content.Tests.Compression;

internal sealed class ZstdTests
{
    private static readonly byte[] Large = Enumerable.Range(0, 3_000_000).Select(i => (byte)(i * i / 7)).ToArray();

    [Test]
    public void Whatever_is_compressed_comes_back() =>
        Prop.ForAll<byte[], int>((content, pieces) => Decompress(Compress(content, 1 + Math.Abs(pieces % 50))).AsSpan().SequenceEqual(content))
            .QuickCheckThrowOnFailure();

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    public async Task Large_content_comes_back_whatever_the_workers(int workers)
    {
        using var compressed = new MemoryStream();
        await using (var stream = new ZstdCompressStream(compressed, 3, workers))
            await stream.WriteAsync(Large);
        await using var decompressed = new ZstdDecompressStream(new TrickleStream(compressed.ToArray(), most: 1000));
        using var content = new MemoryStream();
        await decompressed.CopyToAsync(content);
        Assert.That(content.ToArray(), Is.EqualTo(Large));
    }

    [Test]
    public void The_number_of_workers_does_not_change_the_bytes() =>
        Assert.That(Compress(Large, 1, workers: 1), Is.EqualTo(Compress(Large, 1, workers: 2)));

    [Test]
    public void The_zstd_program_reads_what_is_compressed()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllBytes(directory["content.zst"], Compress(Large, 3));
        Program.Run("zstd", "-q", "-d", directory["content.zst"]);
        Assert.That(File.ReadAllBytes(directory["content"]), Is.EqualTo(Large));
    }

    [Test]
    public void What_the_zstd_program_compresses_is_read()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllBytes(directory["content"], Large);
        Program.Run("zstd", "-q", "-19", directory["content"]);
        Assert.That(Decompress(File.ReadAllBytes(directory["content.zst"])), Is.EqualTo(Large));
    }

    [Test]
    public void Frames_in_a_row_are_read_as_one() =>
        Assert.That(Decompress([.. Compress("push "u8.ToArray(), 1), .. Compress("to droplet"u8.ToArray(), 1)]), Is.EqualTo("push to droplet"u8.ToArray()));

    [Test]
    public void A_flush_makes_readable_what_was_written_before_it()
    {
        using var compressed = new MemoryStream();
        using var stream = new ZstdCompressStream(compressed);
        stream.Write("first line\n"u8);
        stream.Flush();
        using var reader = new ZstdDecompressStream(new MemoryStream(compressed.ToArray()));
        var line = new byte[11];
        reader.ReadExactly(line);
        Assert.That(Encoding.UTF8.GetString(line), Is.EqualTo("first line\n"));
    }

    [Test]
    public void A_frame_cut_anywhere_is_refused()
    {
        var frame = Compress(Large.AsSpan(0, 5000).ToArray(), 1);
        Assert.That(Enumerable.Range(0, frame.Length), Has.All.Matches((int length) => IsRefused(frame[..length])));
    }

    [Test]
    public void A_flipped_bit_is_found()
    {
        var frame = Compress(Encoding.UTF8.GetBytes(string.Join(' ', Enumerable.Range(0, 2000))), 1);
        frame[frame.Length / 2] ^= 4;
        Assert.That(IsRefused(frame), Is.True);
    }

    [TestCase("")]
    [TestCase("this is no zstd frame at all")]
    public void Anything_but_a_frame_is_refused(string content) =>
        Assert.That(() => Decompress(Encoding.UTF8.GetBytes(content)), Throws.TypeOf<InvalidDataException>().With.Message.StartWith("zstd: "));

    [Test]
    public void Nothing_is_a_frame_too() =>
        Assert.That(Decompress(Compress([], 1)), Is.Empty);

    [TestCase(0, 0)]
    [TestCase(20, 0)]
    [TestCase(3, -1)]
    public void Levels_and_workers_out_of_range_are_refused(int level, int workers) =>
        Assert.That(() => new ZstdCompressStream(Stream.Null, level, workers), Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void Closing_leaves_the_inner_streams_open()
    {
        using var inner = new MemoryStream();
        new ZstdCompressStream(inner).Dispose();
        new ZstdDecompressStream(inner).Dispose();
        Assert.That(inner.CanRead, Is.True);
    }

    [Test]
    public void Closing_twice_ends_one_frame()
    {
        using var inner = new MemoryStream();
        var stream = new ZstdCompressStream(inner);
        stream.Dispose();
        var length = inner.Length;
        stream.Dispose();
        Assert.That(inner.Length, Is.EqualTo(length));
    }

    [Test]
    public void Nothing_is_written_or_read_after_closing()
    {
        var (compress, decompress) = (new ZstdCompressStream(Stream.Null), new ZstdDecompressStream(Stream.Null));
        compress.Dispose();
        decompress.Dispose();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => compress.WriteByte(1), Throws.TypeOf<ObjectDisposedException>());
            Assert.That(decompress.ReadByte, Throws.TypeOf<ObjectDisposedException>());
        }
    }

    private static byte[] Compress(byte[] content, int pieces, int workers = 0)
    {
        using var compressed = new MemoryStream();
        using (var stream = new ZstdCompressStream(compressed, 3, workers))
        {
            foreach (var piece in content.Chunk(content.Length / pieces + 1))
                stream.Write(piece);
        }

        return compressed.ToArray();
    }

    private static byte[] Decompress(byte[] compressed)
    {
        using var stream = new ZstdDecompressStream(new MemoryStream(compressed));
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    private static bool IsRefused(byte[] compressed)
    {
        try
        {
            Decompress(compressed);
            return false;
        }
        catch (InvalidDataException)
        {
            return true;
        }
    }
}
