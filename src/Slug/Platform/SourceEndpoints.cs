using Microsoft.AspNetCore.Http.HttpResults;
using Slug.Hosting;
using Slug.Pushes;
using Slug.Sources.Blobs;
using Slug.Tokens;

namespace Slug.Platform;

/// <summary>Archives on their way to a build: an address to send one to, and an address to build it from.</summary>
internal static class SourceEndpoints
{
    public const string Pattern = "/sources/{source:guid}";

    public static void MapSources(this IEndpointRouteBuilder platform, IEndpointRouteBuilder app)
    {
        platform.MapPost("/sources", Create);
        app.MapPost("/sources", Create);
    }

    /// <summary>What these addresses lead to: for programs that have them and no token.</summary>
    public static void MapSourceShelf(this IEndpointRouteBuilder routes)
    {
        routes.MapPut(Pattern, ReceiveAsync);
        routes.MapGet(Pattern, Send);
    }

    private static IResult Create(HttpContext http, SignedLinks links)
    {
        if (!Grant.Of(http).Scopes.Overlaps([Scope.Deploy, Scope.Admin]))
            return PlatformError.Forbidden($"SLUG9011: the token '{Grant.Of(http).Name}' opens {Grant.Of(http)}; uploading a source needs deploy; the operator gives out another: slug tokens create");
        var path = $"{SourceAddress.OwnPath}{Guid.CreateVersion7():D}";
        return Answer.Of(
            new SourceResource(new(links.To(http, HttpMethods.Get, path, SourceShelf.Lifetime), links.To(http, HttpMethods.Put, path, SourceShelf.Lifetime))),
            StatusCodes.Status201Created);
    }

    private static async Task<IResult> ReceiveAsync(HttpContext http, Guid source, SignedLinks links, SourceShelf shelf)
    {
        if (!links.Opens(http))
            return Closed();
        if (http.Request.ContentLength > shelf.Limit)
            return TooLarge(shelf);
        if (!shelf.HasRoom)
            return Refuse(StatusCodes.Status507InsufficientStorage, "SLUG6166: too many sources wait for a build that nobody asks for; try again in an hour, or ask for the builds of those that were uploaded");
        GitRequest.Unbind(http);
        try
        {
            await shelf.ReceiveAsync(source, http.Request.Body, http.RequestAborted);
            return TypedResults.Ok();
        }
        catch (InvalidDataException)
        {
            return TooLarge(shelf);
        }
    }

    private static IResult Send(HttpContext http, Guid source, SignedLinks links, SourceShelf shelf)
    {
        if (!links.Opens(http))
            return Closed();
        return shelf.Open(source) is { } archive
            ? TypedResults.Stream(archive, "application/gzip")
            : Refuse(StatusCodes.Status404NotFound, "SLUG6164: nothing was uploaded to the source's 'put_url', or it is gone again; send the archive there with PUT, then ask for the build");
    }

    private static ContentHttpResult Closed() => Refuse(StatusCodes.Status403Forbidden, "SLUG6163: the address of the source was changed, has expired, or is for another method; POST /sources gives another");

    private static ContentHttpResult TooLarge(SourceShelf shelf) =>
        Refuse(StatusCodes.Status413PayloadTooLarge, $"SLUG6167: the source is larger than {shelf.Limit} bytes; leave out what a build can fetch or make, or ask the operator for a larger --push-limit");

    private static ContentHttpResult Refuse(int status, string message) => TypedResults.Text(message + "\n", statusCode: status);
}

/// <summary>Where a source can be sent to, with PUT, and built from.</summary>
internal sealed record SourceResource(SourceUrls SourceBlob);

/// <summary>Both expire.</summary>
internal sealed record SourceUrls(string GetUrl, string PutUrl);
