using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Slug.Tests.Pushes.LargeFiles;

/// <summary>A client of Git LFS made by hand: the batch API and basic transfer.</summary>
internal sealed class LargeFileClient(PushHost host, string app = "sample") : IDisposable
{
    private readonly HttpClient http = new()
    {
        BaseAddress = host.Address,
        DefaultRequestHeaders = { Authorization = Basic(host) },
    };

    public static string OidOf(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    public static string PointerOf(string content) =>
        $"version https://git-lfs.github.com/spec/v1\noid sha256:{OidOf(content)}\nsize {Encoding.UTF8.GetByteCount(content)}\n";

    public Task<HttpResponseMessage> BatchAsync(string operation, params (string Oid, long Size)[] files) =>
        SendAsync(HttpMethod.Post, $"{app}.git/info/lfs/objects/batch", JsonSerializer.Serialize(new
        {
            operation,
            transfers = (string[])["lfs-standalone-file", "basic"],
            objects = files.Select(file => new { oid = file.Oid, size = file.Size }),
        }));

    /// <summary>What the service answers for the one file that is asked about.</summary>
    public async Task<JsonElement> AskAsync(string operation, string oid, long size)
    {
        using var response = await BatchAsync(operation, (oid, size));
        response.EnsureSuccessStatusCode();
        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/vnd.git-lfs+json"));
        return (await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync())).RootElement.GetProperty("objects")[0];
    }

    /// <summary>Makes a request as the batch answer says it: the address, and the headers it came with.</summary>
    public static async Task<HttpResponseMessage> ActAsync(HttpMethod method, JsonElement action, string? body)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(method, action.GetProperty("href").GetString());
        foreach (var header in action.GetProperty("header").EnumerateObject())
            request.Headers.Add(header.Name, header.Value.GetString());
        request.Content = body is null ? null : new StringContent(body);
        return await http.SendAsync(request);
    }

    /// <summary>Uploads a file as a client does.</summary>
    public async Task UploadAsync(string content)
    {
        var asked = await AskAsync("upload", OidOf(content), Encoding.UTF8.GetByteCount(content));
        using var sent = await ActAsync(HttpMethod.Put, asked.GetProperty("actions").GetProperty("upload"), content);
        sent.EnsureSuccessStatusCode();
        using var verified = await ActAsync(
            HttpMethod.Post, asked.GetProperty("actions").GetProperty("verify"), JsonSerializer.Serialize(new { oid = OidOf(content), size = content.Length }));
        verified.EnsureSuccessStatusCode();
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, new MediaTypeHeaderValue("application/vnd.git-lfs+json"));
        return await http.SendAsync(request);
    }

    public void Dispose() => http.Dispose();

    private static AuthenticationHeaderValue Basic(PushHost host) => new("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"git:{host.Token}")));
}
