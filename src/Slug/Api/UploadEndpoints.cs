using Slug.Pushes;
using Slug.Sources.Archives;

namespace Slug.Api;

/// <summary>Builds without git: an archive comes in, the build's log goes out, and its last line is the verdict, as the pre-receive hook has it.</summary>
internal static class UploadEndpoints
{
    public static void MapUploads(this IEndpointRouteBuilder api) => api.MapPost("/apps/{app}/builds", BuildAsync);

    private static async Task<IResult> BuildAsync(
        HttpContext http, string app, Repositories repositories, Uploads uploads, PushOptions options, IHostApplicationLifetime lifetime)
    {
        GitRequest.Unbind(http);
        if (http.Request.ContentLength > options.Limit)
            return Problems.Told($"SLUG2335: the archive has {http.Request.ContentLength} bytes, the limit of a push is {options.Limit}; leave out what a build can fetch or make");
        if (await repositories.FindOrCreateAsync(app, http.RequestAborted) is not RepositoryResult.Found found)
            return Problems.Invalid("SLUG6002", $"'{app}' is not an app name; expected {Apps.AppName.Rule}");
        return await uploads.ReceiveAsync(found, http.Request.Body, http.RequestAborted) switch
        {
            UploadResult.Received(var push) => TypedResults.Stream(
                async body =>
                {
                    var reply = new HookReply(System.IO.Pipelines.PipeWriter.Create(body));
                    // Who hangs up ends neither the build nor what follows from it.
                    await foreach (var said in uploads.BuildAsync(push, lifetime.ApplicationStopping))
                        await reply.WriteAsync(said, CancellationToken.None);
                },
                "text/plain; charset=utf-8"),
            UploadResult.Refused(var message) => Problems.Told(message),
            _ => throw new InvalidOperationException("an upload is received or refused"),
        };
    }
}
