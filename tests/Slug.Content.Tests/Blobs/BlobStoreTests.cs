using System.Text;
using Slug.Content.Blobs;

namespace Slug.Content.Tests.Blobs;

[CancelAfter(60_000)]
internal sealed class BlobStoreTests
{
    private static readonly byte[] Words = Encoding.UTF8.GetBytes("a build becomes a droplet");

    private readonly TemporaryDirectory directory = new();
    private BlobStore store = null!;

    [SetUp]
    public void Open()
    {
        Program.Run("rm", "-rf", directory["store"]);
        store = new(directory["store"]);
    }

    [OneTimeTearDown]
    public void Remove() => directory.Dispose();

    [Test]
    public async Task A_blob_is_known_by_its_digest_and_length(CancellationToken cancellation)
    {
        var blob = await store.WriteAsync(WriteInPieces, cancellation);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(blob, Is.EqualTo(new BlobDescriptor(Digest.Of(Words), Words.Length)));
            Assert.That(store.Contains(blob.Digest), Is.True);
            Assert.That(store.Length(blob.Digest), Is.EqualTo(Words.Length));
            Assert.That(await ReadAsync(blob.Digest, cancellation), Is.EqualTo(Words));
        }
    }

    [Test]
    public async Task A_blob_lies_where_the_OCI_layout_has_it(CancellationToken cancellation)
    {
        var digest = await store.WriteAsync(Words, cancellation);
        Assert.That(File.ReadAllBytes(FileOf(digest)), Is.EqualTo(Words));
    }

    [Test]
    public async Task The_same_bytes_twice_are_one_blob(CancellationToken cancellation)
    {
        var (first, second) = (await store.WriteAsync(Words, cancellation), await store.WriteAsync(Words, cancellation));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(second, Is.EqualTo(first));
            Assert.That(store.List(), Is.EqualTo([first]));
        }
    }

    [Test]
    public async Task Many_writers_of_one_blob_do_not_hinder_one_another_nor_their_readers(CancellationToken cancellation)
    {
        var content = new byte[200_000];
        var digest = await store.WriteAsync(content, cancellation);
        await Parallel.ForAsync(0, 40, cancellation, async (_, token) =>
        {
            await store.WriteAsync(content, token);
            await store.VerifyAsync(digest, token);
        });
        Assert.That(Directory.GetFiles(directory["store"], "*", SearchOption.AllDirectories), Is.EqualTo([FileOf(digest)]));
    }

    [Test]
    public void A_writer_that_fails_leaves_nothing(CancellationToken cancellation)
    {
        Task FailAsync(Stream stream, CancellationToken token)
        {
            stream.Write(Words);
            throw new InvalidDataException("the sender hung up");
        }

        Assert.That(() => store.WriteAsync(FailAsync, cancellation), Throws.TypeOf<InvalidDataException>());
        Assert.That(Directory.GetFiles(directory["store"], "*", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public async Task A_blob_is_not_visible_before_it_is_whole(CancellationToken cancellation)
    {
        await store.WriteAsync(async (stream, token) =>
        {
            await stream.WriteAsync(Words, token);
            Assert.That(store.List(), Is.Empty);
        }, cancellation);
        Assert.That(store.List(), Is.Not.Empty);
    }

    [Test]
    public async Task A_flipped_bit_is_found_by_the_read_that_reaches_the_end(CancellationToken cancellation)
    {
        var digest = await DamagedAsync(bytes => bytes[3] ^= 1, cancellation);
        await using var blob = store.OpenVerified(digest)!;
        var content = new byte[Words.Length];
        await blob.ReadExactlyAsync(content.AsMemory(1), cancellation);
        Assert.That(() => blob.ReadByte(), Throws.TypeOf<DamagedBlobException>().With.Property("Digest").EqualTo(digest));
    }

    [Test]
    public async Task A_reader_that_counts_and_never_asks_past_the_end_is_warned_too(CancellationToken cancellation)
    {
        var digest = await DamagedAsync(bytes => bytes[0] ^= 1, cancellation);
        await using var blob = store.OpenVerified(digest)!;
        var content = new byte[blob.Length];
        Assert.That(async () => await blob.ReadExactlyAsync(content, cancellation), Throws.TypeOf<DamagedBlobException>());
    }

    [Test]
    public async Task A_blob_that_lost_all_its_bytes_is_damaged(CancellationToken cancellation)
    {
        var digest = await store.WriteAsync(Words, cancellation);
        await File.WriteAllBytesAsync(FileOf(digest), [], cancellation);
        Assert.That(() => store.VerifyAsync(digest, cancellation), Throws.TypeOf<DamagedBlobException>().With.Message.Contain($"'{digest}'"));
    }

    [Test]
    public async Task Storing_a_damaged_blob_again_mends_it(CancellationToken cancellation)
    {
        var digest = await DamagedAsync(bytes => bytes[5] ^= 1, cancellation);
        Assert.That(await store.IsWholeAsync(digest, cancellation), Is.False);
        await store.WriteAsync(Words, cancellation);
        Assert.That(() => store.VerifyAsync(digest, cancellation), Throws.Nothing);
        Assert.That(await store.IsWholeAsync(digest, cancellation), Is.True);
    }

    [Test]
    public async Task A_blob_that_is_not_there_is_said_so(CancellationToken cancellation)
    {
        var digest = Digest.Of(Words);
        Assert.That(await store.IsWholeAsync(digest, cancellation), Is.False);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(store.Contains(digest), Is.False);
            Assert.That(store.Length(digest), Is.Null);
            Assert.That(store.OpenVerified(digest), Is.Null);
            Assert.That(store.List(), Is.Empty);
            Assert.That(() => store.Delete(digest), Throws.Nothing);
            Assert.That(() => store.VerifyAsync(digest, cancellation), Throws.TypeOf<FileNotFoundException>().With.Message.Contain($"'{digest}'"));
        }
    }

    [Test]
    public async Task A_deleted_blob_is_gone_and_who_reads_it_reads_on(CancellationToken cancellation)
    {
        var digest = await store.WriteAsync(Words, cancellation);
        await using var reading = store.OpenVerified(digest)!;
        store.Delete(digest);
        var content = new byte[Words.Length];
        await reading.ReadExactlyAsync(content, cancellation);
        Assert.That((store.Contains(digest), content), Is.EqualTo((false, Words)));
    }

    [Test]
    public async Task Sweeping_takes_what_a_crash_left_and_nothing_else(CancellationToken cancellation)
    {
        var kept = await store.WriteAsync(Words, cancellation);
        var left = Path.Combine(directory["store"], "temporary", "left");
        await File.WriteAllBytesAsync(left, Words, cancellation);
        var living = await store.WriteAsync(async (stream, token) =>
        {
            await stream.WriteAsync("still writing"u8.ToArray(), token);
            store.SweepTemporary();
        }, cancellation);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(left, Does.Not.Exist);
            Assert.That(store.List(), Is.EquivalentTo([kept, living.Digest]));
        }
    }

    [Test]
    public void Sweeping_a_store_without_a_directory_does_nothing() =>
        Assert.That(store.SweepTemporary, Throws.Nothing);

    [Test]
    public async Task Files_that_are_no_blobs_are_not_listed(CancellationToken cancellation)
    {
        var digest = await store.WriteAsync(Words, cancellation);
        await File.WriteAllTextAsync(Path.Combine(directory["store"], "blobs", "sha256", "README"), "", cancellation);
        Assert.That(store.List(), Is.EqualTo([digest]));
    }

    [Test]
    public void The_default_digest_is_refused(CancellationToken cancellation)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => store.OpenVerified(default), Throws.ArgumentException);
            Assert.That(() => store.Contains(default), Throws.ArgumentException);
            Assert.That(() => store.Length(default), Throws.ArgumentException);
            Assert.That(() => store.Delete(default), Throws.ArgumentException);
            Assert.That(() => store.VerifyAsync(default, cancellation), Throws.ArgumentException);
        }
    }

    [Test]
    public void A_cancelled_write_leaves_nothing(CancellationToken cancellation)
    {
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        cancelled.Cancel();
        Assert.That(() => store.WriteAsync(Words, cancelled.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Directory.GetFiles(directory["store"], "*", SearchOption.AllDirectories), Is.Empty);
    }

    private static async Task WriteInPieces(Stream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Words.AsMemory(0, 4), cancellationToken);
        await stream.WriteAsync(Words.AsMemory(4), cancellationToken);
    }

    private async Task<Digest> DamagedAsync(Action<byte[]> damage, CancellationToken cancellationToken)
    {
        var digest = await store.WriteAsync(Words, cancellationToken);
        var bytes = Words.ToArray();
        damage(bytes);
        await File.WriteAllBytesAsync(FileOf(digest), bytes, cancellationToken);
        return digest;
    }

    private async Task<byte[]> ReadAsync(Digest digest, CancellationToken cancellationToken)
    {
        await using var blob = store.OpenVerified(digest)!;
        using var content = new MemoryStream();
        await blob.CopyToAsync(content, cancellationToken);
        return content.ToArray();
    }

    private string FileOf(Digest digest) => Path.Combine(directory["store"], "blobs", "sha256", digest.Hex);
}
