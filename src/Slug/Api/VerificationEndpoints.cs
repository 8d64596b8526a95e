using Slug.Apps;
using Slug.Builds;
using Slug.Pushes;
using Slug.Tokens;
using Slug.Verifications;

namespace Slug.Api;

/// <summary>Makes a droplet again and compares: the answer is the log, and at its end the report.</summary>
internal static class VerificationEndpoints
{
    extension(IEndpointRouteBuilder api)
    {
        public void MapVerifications() => api.MapPost("/verifications", RunAsync)
            .WithName("verifyDroplet").WithSummary("Makes a droplet again and compares; the answer is the log, its last line begins with the byte 1 and holds the report").Produces<string>(200, "text/plain").Fails(404);
    }

    private static async Task<IResult> RunAsync(HttpContext http, string of, NamedDroplets named, AppStore apps, VerificationRequests requests, AnswerPush answer, BuildStore builds)
    {
        var grant = Grant.Of(http);
        var result = await named.FindAsync(of, grant, Scope.Deploy, http.RequestAborted);
        if (result is not NamedResult.Found found)
            return Problems.NoDroplet(result);
        // What another app made is made again as that one's, which has the source and the config vars, by who may deploy it.
        var maker = await apps.FindAsync(found.Record.AppId, http.RequestAborted) is { } other && grant.Allows(Scope.Deploy, other.Name) ? other : found.App;
        var push = requests.Of(maker, found.Record, grant.Name);
        return LogAnswer.Of(http, push, answer, async end => (await builds.FindAsync(push.Id, end))?.Verification);
    }
}
