using System.Net;
using System.Net.Http.Headers;

namespace Slug.Content.Wire;

/// <summary>A request body that is written while it is sent: chunked, held nowhere.</summary>
public sealed class StreamedContent : HttpContent
{
    private readonly Func<Stream, CancellationToken, Task> write;

    /// <param name="mediaType">What the body is.</param>
    /// <param name="write">Writes it, once.</param>
    public StreamedContent(string mediaType, Func<Stream, CancellationToken, Task> write)
    {
        this.write = write;
        Headers.ContentType = new MediaTypeHeaderValue(mediaType);
    }

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        write(stream, CancellationToken.None);

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        write(stream, cancellationToken);

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
