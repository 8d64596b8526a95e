using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Slug.Content;

namespace Slug.Tests.Commands.Images;

/// <summary>A registry of somebody else's, which takes images and breaks off as a test says.</summary>
internal sealed class OtherRegistry : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly ConcurrentDictionary<string, MemoryStream> uploads = new();

    private OtherRegistry(WebApplication web) => this.web = web;

    public string Host => new Uri(web.Urls.Single()).Authority;

    public Uri Address => new(web.Urls.Single() + "/");

    public ConcurrentDictionary<string, byte[]> Blobs { get; } = new();

    public ConcurrentDictionary<string, byte[]> Manifests { get; } = new();

    /// <summary>Method, path and query of each request.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>What each request showed of who sends it.</summary>
    public ConcurrentQueue<string> Authorizations { get; } = new();

    /// <summary>As <c>user:password</c>, where there is one to know.</summary>
    public string? Secret { get; set; }

    /// <summary>Asks for tokens rather than for the password itself.</summary>
    public bool GivesTokens { get; set; }

    /// <summary>What it says to each push.</summary>
    public string? Forbids { get; set; }

    /// <summary>So many uploads break off after their first 1000 bytes.</summary>
    public int Breaks { get; set; }

    /// <summary>What broke off is forgotten.</summary>
    public bool Forgets { get; set; }

    /// <summary>Where uploads go, in place of here.</summary>
    public OtherRegistry? Elsewhere { get; set; }

    /// <summary>A repository that has this blob.</summary>
    public (string Repository, Digest Blob)? Neighbour { get; set; }

    public static async Task<OtherRegistry> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var web = builder.Build();
        web.Urls.Add("http://127.0.0.1:0");
        var registry = new OtherRegistry(web);
        web.Use(registry.GuardAsync);
        web.MapGet("/token", () => Results.Json(new { access_token = "of this hour" }));
        web.MapMethods("/v2/team/app/blobs/{digest}", [HttpMethods.Head], (string digest) => registry.Blobs.ContainsKey(digest) ? Results.Ok() : Results.NotFound());
        web.MapPost("/v2/team/app/blobs/uploads/", registry.Begin);
        web.MapGet("/uploads/{id}", registry.State);
        web.MapPatch("/uploads/{id}", registry.AppendAsync);
        web.MapPut("/uploads/{id}", registry.Finish);
        web.MapPut("/v2/team/app/manifests/{tag}", registry.PutManifestAsync);
        await web.StartAsync();
        return registry;
    }

    public ValueTask DisposeAsync() => web.DisposeAsync();

    private async Task GuardAsync(HttpContext http, RequestDelegate next)
    {
        Requests.Enqueue($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}");
        Authorizations.Enqueue($"{http.Request.Headers.Authorization}");
        var basic = Secret is null ? null : $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret))}";
        var wanted = GivesTokens && http.Request.Path != "/token" ? "Bearer of this hour" : basic;
        if (wanted is not null && http.Request.Headers.Authorization != wanted)
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            http.Response.Headers.WWWAuthenticate = GivesTokens ? $"Bearer realm=\"{web.Urls.Single()}/token\",service=\"other\",scope=\"repository:team/app:pull\"" : "Basic realm=\"other\"";
            return;
        }

        if (Forbids is { } reason && http.Request.Method == HttpMethods.Post)
            await Results.Json(new { errors = new[] { new { code = "DENIED", message = reason } } }, statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(http);
        else
            await next(http);
    }

    private IResult Begin(HttpContext http, string? mount, string? from)
    {
        if (Neighbour is var (repository, blob) && mount == $"{blob}" && from == repository)
        {
            Blobs[mount] = [];
            return Results.Created($"/v2/team/app/blobs/{mount}", null);
        }

        var id = Guid.NewGuid().ToString("N");
        (Elsewhere ?? this).uploads[id] = new();
        return Accepted(http, id, (Elsewhere ?? this).web.Urls.Single());
    }

    private IResult State(HttpContext http, string id)
    {
        if (!uploads.TryGetValue(id, out var upload))
            return Results.NotFound();
        http.Response.Headers["Range"] = $"0-{upload.Length - 1}";
        return Results.NoContent();
    }

    private async Task<IResult> AppendAsync(HttpContext http, string id)
    {
        var upload = uploads[id];
        if (http.Request.Headers.ContentRange.ToString().Split('-')[0] != $"{upload.Length}")
            return Results.StatusCode(StatusCodes.Status416RangeNotSatisfiable);
        if (Breaks > 0)
        {
            Breaks--;
            var part = new byte[1000];
            await http.Request.Body.ReadExactlyAsync(part);
            upload.Write(part);
            if (Forgets)
                uploads.TryRemove(id, out _);
            http.Abort();
            return Results.Empty;
        }

        await http.Request.Body.CopyToAsync(upload);
        // Some registries say it as a path alone.
        return Accepted(http, id, "");
    }

    private IResult Finish(string id, string digest)
    {
        var bytes = uploads[id].ToArray();
        if (Digest.Of(bytes).ToString() != digest)
            return Results.Json(new { errors = new[] { new { code = "DIGEST_INVALID", message = "other bytes than promised" } } }, statusCode: StatusCodes.Status400BadRequest);
        Blobs[digest] = bytes;
        uploads.TryRemove(id, out _);
        return Results.Created();
    }

    private async Task PutManifestAsync(HttpContext http, string tag)
    {
        using var bytes = new MemoryStream();
        await http.Request.Body.CopyToAsync(bytes);
        Manifests[tag] = bytes.ToArray();
        http.Response.StatusCode = StatusCodes.Status201Created;
    }

    private static IResult Accepted(HttpContext http, string id, string at)
    {
        http.Response.Headers.Location = $"{at}/uploads/{id}";
        return Results.StatusCode(StatusCodes.Status202Accepted);
    }
}
