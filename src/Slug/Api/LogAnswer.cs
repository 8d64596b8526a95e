using System.Text;
using Slug.Pushes;
using Slug.Telemetry;

namespace Slug.Api;

/// <summary>An answer that is a log as it comes. Its last line starts with the byte 1, which no other does, and holds what a program wants to know; it is absent where that never came to be.</summary>
internal static class LogAnswer
{
    /// <summary>Names the build from the first byte on; it goes on when nobody reads any more.</summary>
    public const string BuildHeader = "Slug-Build";

    public const char EndMark = '\u0001';

    public static IResult Of(HttpContext http, Push push, AnswerPush answer, Func<CancellationToken, Task<string?>> end)
    {
        http.Response.Headers[BuildHeader] = push.Id.ToString();
        return TypedResults.Stream(
            async body =>
            {
                await WriteAsync(answer(push with { Trace = Traces.ParentOf(http.Request) }, http.RequestAborted), body, http.RequestAborted);
                if (await end(http.RequestAborted) is { } last)
                    await body.WriteAsync(Encoding.UTF8.GetBytes($"{EndMark}{last}\n"), http.RequestAborted);
            },
            "text/plain; charset=utf-8");
    }

    private static async Task WriteAsync(IAsyncEnumerable<PushReply> replies, Stream body, CancellationToken cancellationToken)
    {
        await foreach (var reply in replies)
        {
            if (reply is not PushReply.Line(var text))
                continue;
            await body.WriteAsync(Encoding.UTF8.GetBytes(text + "\n"), cancellationToken);
            await body.FlushAsync(cancellationToken);
        }
    }
}
