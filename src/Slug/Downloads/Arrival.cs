using System.Security.Cryptography;
using Slug.Content;

namespace Slug.Downloads;

/// <summary>An archive on its way in: written once, hashed as it comes.</summary>
internal sealed class Arrival : ForwardStream
{
    private readonly string path;
    private readonly FileStream file;
    private readonly DigestStream digest;
    private readonly IncrementalHash sha512 = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);

    public Arrival(string path)
    {
        this.path = path;
        file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous);
        digest = new(file);
    }

    public override bool CanRead => false;

    public override bool CanWrite => true;

    public override long Length => digest.Length;

    public Digest Digest => digest.Finish();

    public bool Keeps(Promise promise) => promise.IsKeptBy(sha512.GetCurrentHash(), Digest);

    /// <summary>Puts it on disk and gives its path.</summary>
    public string Finish()
    {
        file.Flush(flushToDisk: true);
        return path;
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        sha512.AppendData(buffer);
        digest.Write(buffer);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        sha512.AppendData(buffer.Span);
        return digest.WriteAsync(buffer, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            digest.Dispose();
            sha512.Dispose();
            file.Dispose();
            File.Delete(path);
        }

        base.Dispose(disposing);
    }
}
