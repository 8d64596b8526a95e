namespace Slug.Hosting;

/// <summary>Where the asker reached the service: behind a proxy that speaks TLS, no client is to be sent away from it.</summary>
internal static class PublicAddress
{
    /// <summary>Scheme and host, without a slash at the end.</summary>
    public static string Of(HttpContext http)
    {
        var scheme = http.Request.Headers["X-Forwarded-Proto"] == "https" ? "https" : http.Request.Scheme;
        return $"{scheme}://{http.Request.Host}";
    }
}
