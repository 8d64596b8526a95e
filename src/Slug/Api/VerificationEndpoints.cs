using Slug.Builds;
using Slug.Pushes;
using Slug.Verifications;

namespace Slug.Api;

/// <summary>Makes a droplet again and compares: the answer is the log, and at its end the report.</summary>
internal static class VerificationEndpoints
{
    extension(IEndpointRouteBuilder api)
    {
        public void MapVerifications() => api.MapPost("/verifications", RunAsync);
    }

    private static async Task<IResult> RunAsync(HttpContext http, string of, VerificationRequests requests, AnswerPush answer, BuildStore builds) =>
        await requests.FindAsync(of, http.RequestAborted) switch
        {
            VerificationRequest.Found(var push) => LogAnswer.Of(http, push, answer, async end => (await builds.FindAsync(push.Id, end))?.Verification),
            VerificationRequest.Unrecorded(var droplet) => Problems.Conflict(
                "SLUG4181", $"the droplet '{droplet}' has no record: an older Slug made it; push its source again with -o no-cache, and verify what comes of it"),
            _ => Problems.NotFound("SLUG4188", $"'{of}' is neither an app with a droplet nor a droplet's digest; 'slug apps' and 'slug droplets APP' list them"),
        };
}
