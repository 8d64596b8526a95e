using System.Net;
using System.Net.Http.Headers;

namespace Slug.Remotes;

/// <summary>Fetches files by HTTP. Each connection, also that of a redirection, goes to an address that was looked at.</summary>
internal sealed class RemoteFiles : IDisposable
{
    private readonly HttpClient http;
    private readonly Netrc netrc;
    private readonly RemoteOptions options;

    public RemoteFiles(RemoteHosts hosts, Netrc netrc, RemoteOptions options)
    {
        (this.netrc, this.options) = (netrc, options);
        var handler = RemoteHandler.Create(hosts, options);
        handler.MaxAutomaticRedirections = 5;
        http = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Writes the file, unless it is still the version that is known.</summary>
    /// <returns>The version that was written; null where it is the known one.</returns>
    /// <exception cref="RemoteException">It cannot be had, or is too large.</exception>
    public async Task<string?> FetchAsync(RemoteUrl url, string? known, Stream destination, CancellationToken cancellationToken)
    {
        try
        {
            using var request = await RequestAsync(url, known, cancellationToken);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.StatusCode == HttpStatusCode.NotModified && known is not null)
                return null;
            if (!response.IsSuccessStatusCode)
                throw RemoteException.Refused(url.ToString(), response.StatusCode);
            await CopyAsync(url, response, destination, cancellationToken);
            return response.Headers.ETag?.ToString() ?? "";
        }
        catch (HttpRequestException exception) when (exception.InnerException is RemoteException refused)
        {
            throw refused;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw RemoteException.Broken(url.ToString(), url.Redact(exception.GetBaseException().Message).TrimEnd('.'), exception);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<HttpRequestMessage> RequestAsync(RemoteUrl url, string? known, CancellationToken cancellationToken)
    {
        var credentials = url.Credentials ?? await netrc.FindAsync(url.Target.IdnHost, cancellationToken);
        var request = new HttpRequestMessage(HttpMethod.Get, url.Target);
        request.Headers.UserAgent.ParseAdd($"slug/{Program.Version}");
        // Left out by the handler when it follows a redirection.
        if (credentials is not null)
            request.Headers.Authorization = AuthenticationHeaderValue.Parse(credentials.ToHeader());
        if (EntityTagHeaderValue.TryParse(known, out var tag))
            request.Headers.IfNoneMatch.Add(tag);
        return request;
    }

    private async Task CopyAsync(RemoteUrl url, HttpResponseMessage response, Stream destination, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[128 * 1024];
        var total = 0L;
        while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if ((total += read) > options.Limit)
                throw RemoteException.TooLarge(url.ToString(), options.Limit);
            await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }
}
