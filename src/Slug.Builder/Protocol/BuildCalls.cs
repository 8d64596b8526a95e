using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Threading.Channels;
using Slug.Content;
using Slug.Content.Wire;

namespace Slug.Builder.Protocol;

/// <summary>The calls of one build to the service. Each throws <see cref="HttpRequestException"/> where the answer is not a success.</summary>
internal sealed class BuildCalls(HttpClient http, string buildId)
{
    private const string Bytes = "application/octet-stream";
    private const string JsonLines = "application/x-ndjson";

    private readonly string build = "builds/" + Uri.EscapeDataString(buildId);

    public Task<Stream> SourceAsync(CancellationToken cancellationToken) =>
        http.GetStreamAsync(build + "/source", cancellationToken);

    public Task<Stream> BuildpackAsync(Digest digest, CancellationToken cancellationToken) =>
        http.GetStreamAsync($"buildpacks/{digest}", cancellationToken);

    /// <summary>The buildpacks that come with Slug.</summary>
    public async Task<IReadOnlyList<Digest>> BuiltInBuildpacksAsync(CancellationToken cancellationToken)
    {
        await using var json = await http.GetStreamAsync("buildpacks", cancellationToken);
        return await JsonSerializer.DeserializeAsync(json, WireJson.Default.IReadOnlyListDigest, cancellationToken) ?? [];
    }

    public async Task<CacheAnswer> CacheAsync(CancellationToken cancellationToken) =>
        await CacheAnswer.ReadAsync(await http.GetAsync(build + "/cache", HttpCompletionOption.ResponseHeadersRead, cancellationToken), cancellationToken);

    public Task PutCacheAsync(Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Put, build + "/cache", new StreamedContent(Bytes, write), cancellationToken);

    public Task SendEventsAsync(ChannelReader<BuildEvent> events, CancellationToken cancellationToken) =>
        SendAsync(
            HttpMethod.Post,
            build + "/events",
            new StreamedContent(JsonLines, (body, stopped) => EventStream.WriteAsync(events, body, stopped)),
            cancellationToken);

    public Task PostAuthorsAsync(IEnumerable<AuthoredFile> files, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, build + "/authors", new StreamedContent(JsonLines, (body, stopped) => WriteAsync(files, body, stopped)), cancellationToken);

    /// <summary>What is kept of a step, or the reason why nothing is.</summary>
    public async Task<(KeptStep? Kept, string Absence)> StepAsync(Digest key, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync($"{build}/steps/{key}", cancellationToken);
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return (null, await answer.Content.ReadAsStringAsync(cancellationToken));
        await using var json = await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(cancellationToken);
        return (await JsonSerializer.DeserializeAsync(json, WireJson.Default.KeptStep, cancellationToken), "");
    }

    /// <summary>The size of a blob that the service has, as it is stored; null where it has none.</summary>
    public async Task<long?> FindBlobAsync(Digest digest, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, Blob(digest));
        using var answer = await http.SendAsync(request, cancellationToken);
        return answer.StatusCode == HttpStatusCode.NotFound ? null : answer.EnsureSuccessStatusCode().Content.Headers.ContentLength ?? 0;
    }

    /// <summary>A layer's tar.</summary>
    public Task<Stream> BlobAsync(Digest digest, CancellationToken cancellationToken) =>
        http.GetStreamAsync(Blob(digest), cancellationToken);

    public Task PutBlobAsync(Digest digest, LayerForm form, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Put, Blob(digest), new StreamedContent(LayerForms.MediaTypeOf(form), write), cancellationToken);

    public Task PostResultAsync(BuildOutcome outcome, CancellationToken cancellationToken)
    {
        var json = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(outcome, WireJson.Default.BuildOutcome));
        json.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return SendAsync(HttpMethod.Post, build + "/result", json, cancellationToken);
    }

    private static async Task WriteAsync(IEnumerable<AuthoredFile> files, Stream body, CancellationToken cancellationToken)
    {
        // Not disposed of: that would close the body too.
        var lines = new BufferedStream(body, 32 * 1024);
        foreach (var file in files)
        {
            await JsonSerializer.SerializeAsync(lines, file, WireJson.Default.AuthoredFile, cancellationToken);
            await lines.WriteAsync("\n"u8.ToArray(), cancellationToken);
        }

        await lines.FlushAsync(cancellationToken);
    }

    private static string Blob(Digest digest) => $"blobs/{digest}";

    private async Task SendAsync(HttpMethod method, string path, HttpContent body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
