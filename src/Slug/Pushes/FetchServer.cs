using Slug.Hosting;

namespace Slug.Pushes;

/// <summary>Serves one fetch or clone: a request to git, git's answer to the client.</summary>
internal sealed class FetchServer(Git git, PushOptions options, ILogger<FetchServer> logger)
{
    public async Task ServeAsync(Repository repository, Stream body, HttpContext http)
    {
        var hungUp = http.RequestAborted;
        GitRequest.Answer(http.Response, GitService.UploadPack.ResultType);
        await using var child = git.Serve(repository, GitService.UploadPack, GitRequest.ProtocolOf(http.Request)).Start();
        var error = CapturedText.TailOfAsync(child.Error, 4096, CancellationToken.None);
        var feed = FeedAsync(new CappedStream(body, options.FetchRequestLimit), child, hungUp);
        await child.Output.CopyToAsync(http.Response.Body, hungUp);
        await feed;
        var said = await error;
        if (await child.WaitAsync(hungUp) != 0)
            logger.FetchComplaint(said);
    }

    private static async Task FeedAsync(Stream body, StartedChild child, CancellationToken hungUp)
    {
        try
        {
            await body.CopyToAsync(child.Input, hungUp);
            child.Input.Close();
        }
        // git has read enough, or the client hung up, sent too much or no gzip: git ends, and so does its output.
        catch (Exception exception) when (exception is IOException or InvalidDataException or OperationCanceledException)
        {
            await child.StopAsync(CancellationToken.None);
        }
    }
}
