using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Slug.Content;
using Slug.Content.Compression;
using Slug.Content.Wire;

namespace Slug.Builder.Tests.Support;

/// <summary>The service's side of the protocol on a real Unix socket: it hands out one job and keeps what comes back.</summary>
internal sealed class ServiceDouble : IAsyncDisposable
{
    public const string Token = "token-of-one-build";

    private readonly WebApplication web;
    private readonly TaskCompletionSource<BuildOutcome> result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ServiceDouble(string socket)
    {
        Socket = socket;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ListenUnixSocket(socket);
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
        });
        web = builder.Build();
        web.Use(AuthorizeAsync);
        MapRoutes();
    }

    public string Socket { get; }

    public BuildJob? Job { get; set; }

    public byte[] Source { get; set; } = TarBytes.Of(("README", "An app."));

    public Dictionary<Digest, byte[]> Buildpacks { get; } = [];

    /// <summary>Null: there is none.</summary>
    public byte[]? Cache { get; set; }

    /// <summary>What the service says that the cache is; by default what it really is.</summary>
    public Digest? CacheDigest { get; set; }

    /// <summary>What it has of registries, by the path that is asked for.</summary>
    public Dictionary<string, byte[]> Downloads { get; } = [];

    /// <summary>What was asked of registries.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public bool KnowsEveryBlob { get; set; }

    /// <summary>Blobs that came are known from then on.</summary>
    public bool KnowsItsBlobs { get; set; }

    /// <summary>How often <c>next</c> answers 204 before it hands out the job; or another code, for ever.</summary>
    public int EmptyAnswers { get; set; }

    public int? Refusal { get; set; }

    public bool RefusesEvents { get; set; }

    /// <summary>The calls, each when it was over.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    public ConcurrentQueue<BuildEvent> Events { get; } = new();

    /// <summary>Who wrote which file, as the builder says.</summary>
    public Dictionary<string, FileAuthor> Authors { get; } = [];

    /// <summary>Blobs as they came, decompressed.</summary>
    public ConcurrentDictionary<string, byte[]> Blobs { get; } = new();

    /// <summary>How they came.</summary>
    public ConcurrentDictionary<string, LayerForm> Forms { get; } = new();

    /// <summary>What steps left, by the key that the builder asks for.</summary>
    public Dictionary<string, KeptStep> Steps { get; } = [];

    public byte[]? KeptCache { get; private set; }

    public BuildOutcome? Result => result.Task.IsCompletedSuccessfully ? result.Task.GetAwaiter().GetResult() : null;

    public IEnumerable<LogEvent> Log => Events.OfType<LogEvent>();

    public IEnumerable<string> Lines => Log.Select(line => line.Text);

    public bool HasStarted => web.Lifetime.ApplicationStarted.IsCancellationRequested;

    public Task StartAsync() => web.StartAsync();

    public ValueTask DisposeAsync() => web.DisposeAsync();

    private async Task AuthorizeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Headers.Authorization != "Bearer " + Token)
            context.Response.StatusCode = 401;
        else
            await next(context);
        Calls.Enqueue($"{context.Request.Method} {context.Request.Path.Value!.Replace("/builder/", "", StringComparison.Ordinal)} {context.Response.StatusCode}");
    }

    private void MapRoutes()
    {
        web.MapPost("/builder/next", () =>
            Refusal is { } code ? Results.StatusCode(code)
            : EmptyAnswers-- > 0 ? Results.NoContent()
            : Results.Json(Job!, WireJson.Default.BuildJob));
        web.MapGet("/builder/builds/{id}/source", () => Results.Bytes(Source));
        web.MapGet("/builder/buildpacks", () => Results.Json<IReadOnlyList<Digest>>([.. Buildpacks.Keys], WireJson.Default.IReadOnlyListDigest));
        web.MapGet("/builder/buildpacks/{digest}", (string digest) => Results.Bytes(Buildpacks[Digest.Parse(digest)]));
        web.MapGet("/builder/downloads/{name}", (string name, string target, bool reads) =>
        {
            Asked.Enqueue($"{name} {target} reads={reads}");
            return reads && Downloads.TryGetValue(target, out var bytes) ? Results.Bytes(bytes) : Results.Redirect("https://registry.example" + target, preserveMethod: true);
        });
        web.MapGet("/builder/builds/{id}/cache", (HttpResponse response) =>
        {
            if (Cache is null)
                return Results.Text("nobody left one", statusCode: 404);
            response.Headers[CacheHeaders.Digest] = (CacheDigest ?? Digest.Of(Cache)).ToString();
            response.Headers[CacheHeaders.Build] = "b0";
            return Results.Bytes(Cache);
        });
        web.MapPut("/builder/builds/{id}/cache", async (HttpRequest request) => KeptCache = await DecompressAsync(request.Body));
        web.MapPost("/builder/builds/{id}/events", ReadEventsAsync);
        web.MapPost("/builder/builds/{id}/authors", ReadAuthorsAsync);
        web.MapMethods("/builder/blobs/{digest}", ["HEAD"], (string digest) => Results.StatusCode(KnowsEveryBlob || (KnowsItsBlobs && Blobs.ContainsKey(digest)) ? 200 : 404));
        web.MapGet("/builder/builds/{id}/steps/{key}", (string key) =>
            Steps.TryGetValue(key, out var kept) ? Results.Json(kept, WireJson.Default.KeptStep) : Results.Text("nobody left them", statusCode: 404));
        web.MapGet("/builder/blobs/{digest}", (string digest) => Results.Bytes(Blobs[digest]));
        web.MapPut("/builder/blobs/{digest}", async (string digest, HttpRequest request) =>
        {
            Forms[digest] = LayerForms.Of(request.ContentType);
            Blobs[digest] = Forms[digest] == LayerForm.Tar ? await ReadAsync(request.Body) : await DecompressAsync(request.Body);
        });
        web.MapPost("/builder/builds/{id}/result", async (HttpRequest request) =>
            result.SetResult((await JsonSerializer.DeserializeAsync(request.Body, WireJson.Default.BuildOutcome))!));
    }

    private async Task ReadEventsAsync(HttpContext context)
    {
        if (RefusesEvents)
        {
            context.Abort();
            return;
        }

        using var reader = new StreamReader(context.Request.Body);
        while (await reader.ReadLineAsync() is { } line)
            Events.Enqueue(JsonSerializer.Deserialize(line, WireJson.Default.BuildEvent)!);
    }

    private async Task ReadAuthorsAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        while (await reader.ReadLineAsync() is { } line)
        {
            var file = JsonSerializer.Deserialize(line, WireJson.Default.AuthoredFile)!;
            Authors[file.Path] = file.Author;
        }
    }

    private static async Task<byte[]> ReadAsync(Stream body)
    {
        var bytes = new MemoryStream();
        await body.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private static async Task<byte[]> DecompressAsync(Stream body)
    {
        var bytes = new MemoryStream();
        await using var decompressed = new ZstdDecompressStream(body);
        await decompressed.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
