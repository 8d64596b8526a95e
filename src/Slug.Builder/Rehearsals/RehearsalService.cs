using System.Net;

namespace Slug.Builder.Rehearsals;

/// <summary>A service that is not there: it takes all that a build sends, has no cache, and answers every other question with one tar.</summary>
internal sealed class RehearsalService(byte[] tar) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await (request.Content?.CopyToAsync(Stream.Null, cancellationToken) ?? Task.CompletedTask);
        return request.RequestUri!.AbsolutePath.EndsWith("/cache", StringComparison.Ordinal) ? new(HttpStatusCode.NotFound)
            : request.Method == HttpMethod.Get ? new(HttpStatusCode.OK) { Content = new ByteArrayContent(tar) }
            : new(request.Method == HttpMethod.Head ? HttpStatusCode.NotFound : HttpStatusCode.NoContent);
    }
}
