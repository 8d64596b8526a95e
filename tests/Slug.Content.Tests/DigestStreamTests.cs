using System.Text;

namespace Slug.Content.Tests;

internal sealed class DigestStreamTests
{
    private static readonly byte[] Words = Encoding.UTF8.GetBytes("a push becomes a source");

    [Test]
    public async Task What_is_written_through_it_is_hashed_and_counted()
    {
        using var inner = new MemoryStream();
        await using var stream = new DigestStream(inner);
        stream.Write(Words.AsSpan(0, 5));
        await stream.WriteAsync(Words.AsMemory(5));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(stream.Finish(), Is.EqualTo(Digest.Of(Words)));
            Assert.That(stream.Length, Is.EqualTo(Words.Length));
            Assert.That(inner.ToArray(), Is.EqualTo(Words));
        }
    }

    [Test]
    public async Task What_is_read_through_it_is_hashed_and_counted()
    {
        await using var stream = new DigestStream(new TrickleStream(Words, most: 7));
        using var read = new MemoryStream();
        read.WriteByte((byte)stream.ReadByte());
        await stream.CopyToAsync(read);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(stream.Finish(), Is.EqualTo(Digest.Of(Words)));
            Assert.That(stream.Position, Is.EqualTo(Words.Length));
            Assert.That(read.ToArray(), Is.EqualTo(Words));
        }
    }

    [Test]
    public void A_finished_digest_is_answered_again()
    {
        using var stream = new DigestStream(new MemoryStream());
        stream.Write(Words);
        var first = stream.Finish();
        Assert.That(stream.Finish(), Is.EqualTo(first));
    }

    [Test]
    public void Bytes_after_the_finish_are_a_bug_that_shows()
    {
        using var stream = new DigestStream(new MemoryStream());
        stream.Finish();
        Assert.That(() => stream.Write(Words), Throws.InvalidOperationException);
    }

    [Test]
    public void Closing_it_leaves_the_inner_stream_open()
    {
        using var inner = new MemoryStream();
        new DigestStream(inner).Dispose();
        Assert.That(inner.CanWrite, Is.True);
    }

    [Test]
    public void It_neither_seeks_nor_truncates()
    {
        using var stream = new DigestStream(new MemoryStream());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(stream.CanSeek, Is.False);
            Assert.That(() => stream.Seek(0, SeekOrigin.Begin), Throws.TypeOf<NotSupportedException>());
            Assert.That(() => stream.SetLength(0), Throws.TypeOf<NotSupportedException>());
            Assert.That(() => stream.Position = 0, Throws.TypeOf<NotSupportedException>());
        }
    }
}
