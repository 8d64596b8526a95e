using System.Globalization;
using System.Text;
using Slug.Builds;
using Slug.Pushes;
using Slug.Tokens;

namespace Slug.Api;

/// <summary>Runs an app's tests: the answer is the log as it comes; its last line starts with the byte 1, which no other does, and holds their exit code.</summary>
internal static class TestEndpoints
{
    /// <summary>Names the build from the first byte on; the tests go on when nobody reads any more.</summary>
    public const string BuildHeader = "Slug-Build";

    /// <summary>Before the exit code. The line is absent where the tests did not run to their end.</summary>
    public const char ExitCodeMark = '\u0001';

    extension(IEndpointRouteBuilder api)
    {
        public void MapTests() => api.MapGroup("/apps/{app}").AddEndpointFilter<AppFilter>().MapPost("/tests", RunAsync);
    }

    private static async Task<IResult> RunAsync(HttpContext http, TestRequests requests, AnswerPush answer, BuildStore builds, string? commit)
    {
        var app = AppFilter.AppOf(http);
        if (await requests.FindAsync(app, commit, Grant.Of(http).Name, http.RequestAborted) is not { } push)
            return commit is null
                ? Problems.Conflict("SLUG2231", $"'{app.Name}' has no commit to test; push one first, or name a commit")
                : Problems.NotFound("SLUG2232", $"'{commit}' is not a commit of '{app.Name}'; expected 7 to 40 digits of one that was pushed");
        http.Response.Headers[BuildHeader] = push.Id.ToString();
        return TypedResults.Stream(
            async body =>
            {
                await WriteAsync(answer(push, http.RequestAborted), body, http.RequestAborted);
                if ((await builds.FindAsync(push.Id, http.RequestAborted))?.ExitCode is { } exitCode)
                    await body.WriteAsync(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{ExitCodeMark}{exitCode}\n")), http.RequestAborted);
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
