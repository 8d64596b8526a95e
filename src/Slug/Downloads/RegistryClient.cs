using System.Net;
using System.Net.Security;
using System.Text.Json;
using Slug.Remotes;

namespace Slug.Downloads;

/// <summary>Asks registries: with no credentials, and with nothing of a build but a path of known form.</summary>
internal sealed class RegistryClient : IDisposable
{
    private const int LargestJson = 4 << 20;

    private readonly HttpClient http;

    public RegistryClient(RemoteOptions remotes, DownloadOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            MaxAutomaticRedirections = 5,
            // What builds have fetched at once, they have on disk at once.
            MaxConnectionsPerServer = 16,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (remotes.Trust() is { } trust)
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = trust };
        http = new(handler) { Timeout = options.Patience, MaxResponseContentBufferSize = LargestJson };
        http.DefaultRequestHeaders.UserAgent.ParseAdd($"slug/{Program.Version}");
    }

    /// <summary>Null where the registry answers anything but 200, or no JSON.</summary>
    /// <exception cref="HttpRequestException">It does not answer, or too much.</exception>
    /// <exception cref="OperationCanceledException">It does not answer in time.</exception>
    public async Task<JsonDocument?> JsonAsync(Uri url, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(url, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK)
            return null;
        try
        {
            return JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes an archive. False where the registry answers anything but 200, or it is larger than allowed.</summary>
    /// <exception cref="HttpRequestException">It does not answer.</exception>
    /// <exception cref="OperationCanceledException">It does not begin to answer in time.</exception>
    /// <exception cref="IOException">The connection broke, or the disk is full.</exception>
    public async Task<bool> TryWriteAsync(Uri url, Stream destination, long largest, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK || response.Content.Headers.ContentLength > largest)
            return false;
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[128 * 1024];
        var total = 0L;
        while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if ((total += read) > largest)
                return false;
            await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return true;
    }

    public void Dispose() => http.Dispose();
}
