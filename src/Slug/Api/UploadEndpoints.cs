using System.IO.Pipelines;
using Slug.Pushes;
using Slug.Sources.Archives;
using Slug.Telemetry;
using Slug.Tokens;

namespace Slug.Api;

/// <summary>Builds without git: an archive comes in, the build's log goes out, and its last line is the verdict, as the pre-receive hook has it.</summary>
internal static class UploadEndpoints
{
    public static void MapUploads(this IEndpointRouteBuilder api) => api.MapPost("/apps/{app}/builds", BuildAsync)
        .WithName("buildArchive").WithSummary("Builds and releases a tar or tgz; the answer is the log, its last line the verdict").Accepts<Stream>("application/gzip", "application/x-tar").Produces<string>(200, "text/plain").Fails(422);

    private static async Task<IResult> BuildAsync(
        HttpContext http, string app, Repositories repositories, Uploads uploads, PushOptions options, IHostApplicationLifetime lifetime)
    {
        GitRequest.Unbind(http);
        var by = Grant.Of(http).Name;
        if (http.Request.ContentLength > options.Limit)
            return Problems.Told($"SLUG2335: the archive has {http.Request.ContentLength} bytes, the limit of a push is {options.Limit}; leave out what a build can fetch or make");
        if (await repositories.FindOrCreateAsync(app, by, http.RequestAborted) is not RepositoryResult.Found found)
            return Problems.Invalid("SLUG6002", $"'{app}' is not an app name; expected {Apps.AppName.Rule}");
        var received = await uploads.ReceiveAsync(found, by, http.Request.Body, http.RequestAborted);
        await DrainAsync(http.Request.Body, options.Limit, http.RequestAborted);
        if (received is UploadResult.Received(var push))
            return TypedResults.Stream(body => TellAsync(push with { Trace = Traces.ParentOf(http.Request) }, uploads, body, lifetime.ApplicationStopping), "text/plain; charset=utf-8");
        return Problems.Told(((UploadResult.Refused)received).Message);
    }

    // Who hangs up ends neither the build nor what follows from it.
    private static async Task TellAsync(Push push, Uploads uploads, Stream body, CancellationToken stopping)
    {
        var reply = new HookReply(PipeWriter.Create(body));
        await foreach (var said in uploads.BuildAsync(push, stopping))
            await reply.WriteAsync(said, CancellationToken.None);
    }

    // A client reads no answer before it has sent all: what it still has, be it padding, is taken, up to the size of another push.
    private static async Task DrainAsync(Stream body, long limit, CancellationToken cancellationToken)
    {
        try
        {
            await new CappedStream(body, limit).CopyToAsync(Stream.Null, cancellationToken);
        }
        catch (InvalidDataException)
        {
            // Beyond that the connection may as well break.
        }
    }
}
