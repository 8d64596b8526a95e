using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.HttpResults;
using Slug.Hosting;
using Slug.Telemetry;
using Slug.Tokens;

namespace Slug.Pushes.LargeFiles;

/// <summary>Git LFS beside a repository (git-lfs, api/): what a client asks for first, the files themselves, and no locks.</summary>
internal static class LargeFileEndpoints
{
    private const string ContentType = "application/vnd.git-lfs+json";

    public static void MapLargeFiles(this IEndpointRouteBuilder git)
    {
        var files = git.MapGroup("/{name}.git/info/lfs").WithMetadata(new Traced("lfs"));
        files.MapPost("/objects/batch", BatchAsync);
        files.MapPut("/objects/{oid}", UploadAsync);
        files.MapGet("/objects/{oid}", DownloadAsync);
        files.MapPost("/verify", VerifyAsync);
        // A client that reads 501 goes on without locks.
        files.Map("/locks/{**rest}", () => Refuse(StatusCodes.Status501NotImplemented, "SLUG1316: Slug keeps no locks; nothing is lost by pushing without them"));
    }

    private static async Task<IResult> BatchAsync(
        HttpContext http, string name, Repositories repositories, LargeFileStore store, PushOptions options)
    {
        var request = await ReadAsync(http, LargeFileJson.Default.BatchRequest);
        if (BatchPlan.MistakeIn(request) is { } mistake)
            return Refuse(StatusCodes.Status422UnprocessableEntity, mistake);
        // git-lfs comes before git: the first file of an app creates it, as its first push does.
        var grant = Grant.Of(http);
        var found = request!.Operation == BatchRequest.Upload && grant.Allows(Scope.Deploy, Apps.AppName.TryParse(name, null, out var app) ? app : null)
            ? await repositories.FindOrCreateAsync(name, grant.Name, http.RequestAborted)
            : await repositories.FindAsync(name, http.RequestAborted);
        if (found is not RepositoryResult.Found { App: var owner })
            return Refuse(StatusCodes.Status404NotFound, ((RepositoryResult.Refused)found).Message);
        var folder = $"{PublicAddress.Of(http)}/{owner.Name}.git/info/lfs";
        var plan = new BatchPlan(owner, store, options.Limit, folder, http.Request.Headers.Authorization.ToString());
        return TypedResults.Json(plan.Answer(request), LargeFileJson.Default.BatchAnswer, ContentType);
    }

    private static async Task<IResult> UploadAsync(
        HttpContext http, string name, string oid, Repositories repositories, LargeFileStore store, PushOptions options)
    {
        if (await repositories.FindAsync(name, http.RequestAborted) is not RepositoryResult.Found { App: var app } || !BatchPlan.TryReadDigest(oid, out var digest))
            return NoFile();
        if (http.Request.ContentLength > options.Limit)
            return Refuse(StatusCodes.Status413PayloadTooLarge, BatchPlan.TooLarge(options.Limit));
        GitRequest.Unbind(http);
        try
        {
            await LargeFileStore.ReceiveAsync(store.Of(app.Id), digest, new CappedStream(http.Request.Body, options.Limit), http.RequestAborted);
            return TypedResults.Ok();
        }
        catch (InvalidDataException exception)
        {
            return Refuse(StatusCodes.Status422UnprocessableEntity, $"SLUG1317: '{digest.Hex}' did not arrive whole ({exception.Message}); push again");
        }
    }

    private static async Task<IResult> DownloadAsync(HttpContext http, string name, string oid, Repositories repositories, LargeFileStore store) =>
        await repositories.FindAsync(name, http.RequestAborted) is RepositoryResult.Found { App: var app }
        && BatchPlan.TryReadDigest(oid, out var digest)
        && store.Open(app.Id, digest) is { } file
            ? TypedResults.Stream(file, "application/octet-stream")
            : NoFile();

    private static async Task<IResult> VerifyAsync(HttpContext http, string name, Repositories repositories, LargeFileStore store) =>
        await ReadAsync(http, LargeFileJson.Default.BatchFile) is { } file
        && await repositories.FindAsync(name, http.RequestAborted) is RepositoryResult.Found { App: var app }
        && BatchPlan.TryReadDigest(file.Oid, out var digest)
        && store.Holds(app.Id, new(digest, file.Size))
            ? TypedResults.Ok()
            : NoFile();

    private static async Task<T?> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(http.Request.Body, type, http.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonHttpResult<LargeFileError> NoFile() => Refuse(StatusCodes.Status404NotFound, "SLUG1314: the app does not have this file; run 'git lfs push --all' where it is");

    private static JsonHttpResult<LargeFileError> Refuse(int status, string message) =>
        TypedResults.Json(new LargeFileError(null, message), LargeFileJson.Default.LargeFileError, ContentType, status);
}
