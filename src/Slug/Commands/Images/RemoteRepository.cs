using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Slug.Content;
using Slug.Content.Oci;

namespace Slug.Commands.Images;

/// <summary>One repository of a registry (OCI distribution spec 1.1, "Push").</summary>
internal sealed class RemoteRepository(RegistryConnection registry, string name)
{
    private const HttpStatusCode Missing = HttpStatusCode.NotFound;

    public async Task<bool> HasBlobAsync(Digest blob, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Head, $"v2/{name}/blobs/{blob}", null, cancellationToken, Missing);
        return response.IsSuccessStatusCode;
    }

    /// <summary>Begins to send a blob. Gives where to; null where the registry took it over from another repository.</summary>
    public async Task<Uri?> BeginAsync(Digest blob, string? mountFrom, CancellationToken cancellationToken)
    {
        var mount = mountFrom is null ? "" : $"?mount={blob}&from={Uri.EscapeDataString(mountFrom)}";
        using var response = await SendAsync(HttpMethod.Post, $"v2/{name}/blobs/uploads/{mount}", null, cancellationToken);
        return response.StatusCode == HttpStatusCode.Created ? null : LocationOf(response);
    }

    /// <summary>How much of a blob has arrived; null where the registry knows nothing of it any more. One that was started again may take its own address for a strange one.</summary>
    public async Task<long?> ReceivedAsync(Uri upload, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, upload.ToString(), null, cancellationToken, Missing, HttpStatusCode.BadRequest);
        if (!response.IsSuccessStatusCode)
            return null;
        // "0-99" are 100 bytes; of nothing, registries say "0-0" as well as "0--1".
        var range = response.Headers.TryGetValues("Range", out var values) ? values.First().Split('-', 2) : [];
        return range is [_, var end] && long.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var last) && last > 0 ? last + 1 : 0;
    }

    /// <summary>Sends a blob's bytes from an offset on. Gives where to go on.</summary>
    public async Task<Uri> AppendAsync(Uri upload, Func<Task<Stream>> open, long from, long size, CancellationToken cancellationToken)
    {
        async Task<HttpRequestMessage> MakeAsync()
        {
            var content = new StreamContent(await open());
            content.Headers.ContentType = new("application/octet-stream");
            content.Headers.ContentLength = size - from;
            content.Headers.TryAddWithoutValidation("Content-Range", string.Create(CultureInfo.InvariantCulture, $"{from}-{size - 1}"));
            return new(HttpMethod.Patch, upload) { Content = content };
        }

        using var response = await registry.SendAsync(MakeAsync, cancellationToken);
        return LocationOf(response);
    }

    /// <summary>Ends a blob: the registry compares the digest.</summary>
    public async Task FinishAsync(Uri upload, Digest blob, CancellationToken cancellationToken)
    {
        var separator = upload.ToString().Contains('?', StringComparison.Ordinal) ? '&' : '?';
        (await SendAsync(HttpMethod.Put, $"{upload}{separator}digest={blob}", () => new ByteArrayContent([]), cancellationToken)).Dispose();
    }

    /// <summary>Puts the manifest in place: from now on the tag is this image.</summary>
    public async Task PutManifestAsync(string tag, byte[] manifest, CancellationToken cancellationToken) =>
        (await SendAsync(
            HttpMethod.Put, $"v2/{name}/manifests/{tag}",
            () => new ByteArrayContent(manifest) { Headers = { ContentType = new MediaTypeHeaderValue(MediaTypes.Manifest) } }, cancellationToken)).Dispose();

    /// <summary>A manifest's bytes, by tag.</summary>
    public async Task<byte[]> ManifestAsync(string tag, CancellationToken cancellationToken)
    {
        using var response = await registry.SendAsync(
            () => Task.FromResult(new HttpRequestMessage(HttpMethod.Get, $"v2/{name}/manifests/{tag}") { Headers = { Accept = { new(MediaTypes.Manifest) } } }), cancellationToken);
        return await response.Content.ReadAsByteArrayAsync(cancellationToken);
    }

    /// <summary>A blob's bytes from an offset on, as they come.</summary>
    public async Task<Stream> OpenBlobAsync(Digest blob, long from, CancellationToken cancellationToken)
    {
        var response = await registry.SendAsync(
            () => Task.FromResult(new HttpRequestMessage(HttpMethod.Get, $"v2/{name}/blobs/{blob}") { Headers = { Range = from > 0 ? new(from, null) : null } }), cancellationToken);
        return await response.Content.ReadAsStreamAsync(cancellationToken);
    }

    private static Uri LocationOf(HttpResponseMessage response) => response.Headers.Location is { } location
        ? new(response.RequestMessage!.RequestUri!, location)
        : throw CommandException.Failure($"SLUG4124: '{response.RequestMessage?.RequestUri?.Host}' took an upload and says not where to send it; expected a Location; is it a registry of images?");

    private Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string address, Func<HttpContent>? body, CancellationToken cancellationToken, params HttpStatusCode[] accepted) =>
        registry.SendAsync(() => Task.FromResult(new HttpRequestMessage(method, address) { Content = body?.Invoke() }), cancellationToken, accepted);
}
