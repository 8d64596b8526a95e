using System.IO.Pipelines;

namespace Slug.Platform.Streams;

/// <summary>An answer that goes on for as long as there is something to tell, in the form that is asked for.</summary>
internal static class StreamAnswer
{
    public static async Task SendAsync(HttpContext http, Func<IStreamForm, PipeWriter, CancellationToken, Task> write, CancellationToken stopping)
    {
        IStreamForm form = http.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase) ? new EventForm() : new TextForm();
        http.Response.ContentType = form.ContentType;
        http.Response.Headers.CacheControl = "no-store";
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        try
        {
            var body = http.Response.BodyWriter;
            await body.FlushAsync(ending.Token);
            await write(form, body, ending.Token);
            await body.FlushAsync(ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // Broken off, not ended: the reader goes on where it was when the service is back.
            http.Abort();
        }
    }
}
