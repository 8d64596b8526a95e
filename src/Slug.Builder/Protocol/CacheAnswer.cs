using System.Net;
using Slug.Content;
using Slug.Content.Wire;

namespace Slug.Builder.Protocol;

/// <summary>What the service answers a build that asks for its cache: the bytes and what they must be, or why there are none.</summary>
internal sealed class CacheAnswer : IAsyncDisposable
{
    private readonly HttpResponseMessage response;

    private CacheAnswer(HttpResponseMessage response, Stream content, string? absence) => (this.response, Content, Absence) = (response, content, absence);

    public string? Absence { get; }

    public Stream Content { get; }

    /// <exception cref="InvalidDataException">The service named none.</exception>
    public Digest Digest =>
        Digest.TryParse(Header(CacheHeaders.Digest), null, out var digest) ? digest : throw new InvalidDataException("the cache came without its digest");

    public string Build => Header(CacheHeaders.Build);

    /// <exception cref="HttpRequestException">The service failed.</exception>
    public static async Task<CacheAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.NotFound)
            return new(response, Stream.Null, await response.Content.ReadAsStringAsync(cancellationToken));
        response.EnsureSuccessStatusCode();
        return new(response, await response.Content.ReadAsStreamAsync(cancellationToken), absence: null);
    }

    public async ValueTask DisposeAsync()
    {
        await Content.DisposeAsync();
        response.Dispose();
    }

    private string Header(string name) => response.Headers.TryGetValues(name, out var values) ? values.First() : "";
}
