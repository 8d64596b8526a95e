using System.Net.Http.Headers;
using System.Text.Json;
using Slug.Content.Blobs;
using Slug.Pushes;
using Slug.Pushes.LargeFiles;
using Slug.Remotes;

namespace Slug.Sources.LargeFiles;

/// <summary>Asks a forge for large files, at addresses that were looked at (git-lfs, api/).</summary>
internal sealed class LargeFileServer(RemoteHosts hosts, Netrc netrc, RemoteOptions options, RemoteAttempts attempts) : IDisposable
{
    // A hundred files with their addresses and headers have a tenth of it.
    private const int LongestAnswer = 4_000_000;

    private static readonly MediaTypeHeaderValue json = new("application/vnd.git-lfs+json");

    private readonly HttpClient http = new(RemoteHandler.Create(hosts, options)) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Where the files can be had.</summary>
    /// <exception cref="RemoteException">Nobody says so.</exception>
    public Task<BatchAnswer> AskAsync(LargeFileAddress address, IReadOnlyList<PointerFile> files, CancellationToken cancellationToken)
    {
        var asked = new BatchRequest { Operation = BatchRequest.Download, Transfers = ["basic"], HashAlgo = "sha256", Objects = [.. files.Select(file => new BatchFile(file.Pointer.Digest.Hex, file.Pointer.Size))] };
        return attempts.RunAsync(
            address.Batch.AbsoluteUri,
            async stop =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, address.Batch) { Content = JsonContent.Create(asked, LargeFileJson.Default.BatchRequest, json) };
                request.Headers.Accept.ParseAdd(json.MediaType);
                await AuthorizeAsync(request, address, stop);
                using var response = await SendAsync(request, stop);
                if (!response.IsSuccessStatusCode)
                    throw LargeFileFault.Refused(address, files[0], response.StatusCode);
                return await ReadAsync(address, response, stop);
            },
            _ => { },
            cancellationToken);
    }

    /// <summary>Takes one of the files in, as the answer says where it is.</summary>
    /// <exception cref="RemoteException">It cannot be had, or is another.</exception>
    public Task<bool> ReceiveAsync(LargeFileAddress address, PointerFile file, BatchAnswer answer, BlobStore destination, CancellationToken cancellationToken)
    {
        var item = answer.Objects.FirstOrDefault(item => item?.Oid == file.Pointer.Digest.Hex);
        if (item?.Actions?.GetValueOrDefault(BatchRequest.Download) is not { } action || !Uri.TryCreate(action.Href, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw LargeFileFault.Missing(address, file, item?.Error);
        // Its query may be what opens it.
        var shown = url.GetLeftPart(UriPartial.Path);
        return attempts.RunAsync(
            shown,
            async stop =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, url);
                foreach (var (name, value) in action.Header ?? new Dictionary<string, string>())
                    request.Headers.TryAddWithoutValidation(name, value);
                if (item.Authenticated is not true)
                    await AuthorizeAsync(request, address, stop);
                using var response = await SendAsync(request, stop);
                if (!response.IsSuccessStatusCode)
                    throw RemoteException.Refused(shown, response.StatusCode);
                await KeepAsync(address, file, response, destination, stop);
                return true;
            },
            _ => { },
            cancellationToken);
    }

    public void Dispose() => http.Dispose();

    private async Task AuthorizeAsync(HttpRequestMessage request, LargeFileAddress address, CancellationToken cancellationToken)
    {
        var url = request.RequestUri!;
        if (request.Headers.Authorization is null && (address.CredentialsFor(url) ?? await netrc.FindAsync(url.IdnHost, cancellationToken)) is { } credentials)
            request.Headers.TryAddWithoutValidation("Authorization", credentials.ToHeader());
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.UserAgent.ParseAdd($"slug/{Program.Version}");
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw RemoteException.Of(request.RequestUri!.GetLeftPart(UriPartial.Path), exception);
        }
    }

    private static async Task<BatchAnswer> ReadAsync(LargeFileAddress address, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await using var body = new CappedStream(await response.Content.ReadAsStreamAsync(cancellationToken), LongestAnswer);
            return await JsonSerializer.DeserializeAsync(body, LargeFileJson.Default.BatchAnswer, cancellationToken) is { Transfer: null or "basic", Objects: not null } answer
                ? answer
                : throw LargeFileFault.OtherAnswer(address);
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException)
        {
            throw LargeFileFault.OtherAnswer(address);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw RemoteException.Of(address.Batch.AbsoluteUri, exception);
        }
    }

    private static async Task KeepAsync(LargeFileAddress address, PointerFile file, HttpResponseMessage response, BlobStore destination, CancellationToken cancellationToken)
    {
        try
        {
            await using var body = new CappedStream(await response.Content.ReadAsStreamAsync(cancellationToken), file.Pointer.Size);
            await LargeFileStore.ReceiveAsync(destination, file.Pointer.Digest, body, cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            throw LargeFileFault.Other(address, file, exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw RemoteException.Of(response.RequestMessage!.RequestUri!.GetLeftPart(UriPartial.Path), exception);
        }
    }
}
