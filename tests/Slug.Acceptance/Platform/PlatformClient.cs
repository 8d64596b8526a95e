using System.Formats.Tar;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Slug.Acceptance.Platform;

/// <summary>A program that speaks the Platform API to an installation.</summary>
internal sealed class PlatformClient : IDisposable
{
    private readonly HttpClient api;
    private readonly HttpClient plain = new();

    public PlatformClient(Installation slug)
    {
        api = new() { BaseAddress = new(slug.Url) };
        api.DefaultRequestHeaders.Authorization = new("Bearer", slug.Token);
        api.DefaultRequestHeaders.Accept.Add(MediaTypeWithQualityHeaderValue.Parse("application/vnd.heroku+json; version=3"));
    }

    /// <summary>The answer's body, of a request that is granted.</summary>
    public async Task<JsonElement> SendAsync(string method, string path, string? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(new(method), path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await api.SendAsync(request, cancellationToken);
        var json = await response.Content.ReadAsStringAsync(cancellationToken);
        Assert.That(response.IsSuccessStatusCode, $"{method} {path}: {(int)response.StatusCode} {json}");
        return json.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(json);
    }

    /// <summary>Makes an app.</summary>
    public async Task<string> AppAsync(CancellationToken cancellationToken)
    {
        var name = Slugs.NewName();
        await SendAsync("POST", "/apps", $$"""{"name":"{{name}}"}""", cancellationToken);
        return name;
    }

    /// <summary>Uploads files as a source; gives where it can be built from.</summary>
    public async Task<string> UploadAsync(IReadOnlyDictionary<string, string> files, CancellationToken cancellationToken)
    {
        var urls = (await SendAsync("POST", "/sources", null, cancellationToken)).GetProperty("source_blob");
        using var put = await plain.PutAsync(urls.GetProperty("put_url").GetString(), new ByteArrayContent(await PackAsync(files, cancellationToken)), cancellationToken);
        Assert.That(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync(cancellationToken));
        return urls.GetProperty("get_url").GetString()!;
    }

    /// <summary>Asks for a build of an uploaded source.</summary>
    public Task<JsonElement> BuildAsync(string app, string url, CancellationToken cancellationToken) =>
        SendAsync("POST", $"/apps/{app}/builds", $$$"""{"source_blob":{"url":"{{{url}}}","version":"1"}}""", cancellationToken);

    /// <summary>The whole log of a build that has ended.</summary>
    public Task<string> LogAsync(JsonElement build, CancellationToken cancellationToken) => ReadAsync(build.GetProperty("output_stream_url").GetString()!, cancellationToken);

    /// <summary>What stands at an address that needs no token.</summary>
    public Task<string> ReadAsync(string url, CancellationToken cancellationToken) => plain.GetStringAsync(url, cancellationToken);

    public static async Task<byte[]> PackAsync(IReadOnlyDictionary<string, string> files, CancellationToken cancellationToken)
    {
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        await using (var tar = new TarWriter(gzip))
            foreach (var (name, content) in files)
                await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) }, cancellationToken);
        return packed.ToArray();
    }

    public void Dispose()
    {
        api.Dispose();
        plain.Dispose();
    }
}
