using System.IO.Compression;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Net.Http.Headers;

namespace Slug.Pushes;

/// <summary>What git's smart HTTP puts into a request (gitprotocol-http).</summary>
internal static partial class GitRequest
{
    private static readonly MinDataRate slowest = new(bytesPerSecond: 128, gracePeriod: TimeSpan.FromSeconds(60));

    /// <summary>What the client says of the protocol versions it knows, if that is well formed.</summary>
    public static string? ProtocolOf(HttpRequest request) =>
        request.Headers["Git-Protocol"].ToString() is var text && Protocol().IsMatch(text) ? text : null;

    /// <summary>
    /// The body, inflated where it is gzip'ed; null where it is no request of the service's, or otherwise encoded.
    /// Kestrel's own limit is lifted: the caller counts.
    /// </summary>
    public static Stream? BodyOf(HttpContext http, GitService service)
    {
        if (http.Request.ContentType != service.RequestType)
            return null;
        Unbind(http);
        return http.Request.Headers.ContentEncoding.ToString().ToUpperInvariant() switch
        {
            "" or "IDENTITY" => http.Request.Body,
            "GZIP" or "X-GZIP" => new GZipStream(http.Request.Body, CompressionMode.Decompress),
            _ => null,
        };
    }

    /// <summary>Lifts Kestrel's own limit of a body, for a caller that counts, and asks for less speed.</summary>
    public static void Unbind(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = slowest;
    }

    /// <summary>Nothing of what we answer may be kept by anyone on the way.</summary>
    public static void Answer(HttpResponse response, string contentType)
    {
        response.ContentType = contentType;
        response.Headers[HeaderNames.Expires] = "Fri, 01 Jan 1980 00:00:00 GMT";
        response.Headers[HeaderNames.Pragma] = "no-cache";
        response.Headers[HeaderNames.CacheControl] = "no-cache, max-age=0, must-revalidate";
    }

    [GeneratedRegex(@"^[a-z0-9=:._-]{1,256}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Protocol();
}
