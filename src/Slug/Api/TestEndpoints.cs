using System.Globalization;
using Slug.Builds;
using Slug.Pushes;
using Slug.Tokens;

namespace Slug.Api;

/// <summary>Runs an app's tests: the answer is the log, and at its end their exit code.</summary>
internal static class TestEndpoints
{
    extension(IEndpointRouteBuilder api)
    {
        public void MapTests() => api.MapGroup("/apps/{app}").AddEndpointFilter<AppFilter>().MapPost("/tests", RunAsync)
            .WithName("testApp").WithSummary("Runs an app's tests; the answer is the log, its last line begins with the byte 1 and holds their exit code").Produces<string>(200, "text/plain").Fails(404, 409);
    }

    private static async Task<IResult> RunAsync(HttpContext http, TestRequests requests, AnswerPush answer, BuildStore builds, string? commit)
    {
        var app = AppFilter.AppOf(http);
        if (await requests.FindAsync(app, commit, Grant.Of(http).Name, http.RequestAborted) is not { } push)
            return commit is null
                ? Problems.Conflict("SLUG2231", $"'{app.Name}' has no commit to test; push one first, or name a commit")
                : Problems.NotFound("SLUG2232", $"'{commit}' is not a commit of '{app.Name}'; expected 7 to 40 digits of one that was pushed");
        return LogAnswer.Of(http, push, answer, async end => (await builds.FindAsync(push.Id, end))?.ExitCode?.ToString(CultureInfo.InvariantCulture));
    }
}
