using System.Net;
using System.Text.Json;
using Slug.Content.Wire;

namespace Slug.Builder.Protocol;

/// <summary>Waits for work: <c>POST next</c>, asked again while there is none.</summary>
internal sealed class JobPoll(HttpClient http, TimeProvider time)
{
    private const int Attempts = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <exception cref="HttpRequestException">The service is gone, or does not know this builder.</exception>
    public async Task<BuildJob> NextAsync(CancellationToken cancellationToken)
    {
        for (var failures = 0; ;)
        {
            try
            {
                using var answer = await http.PostAsync("next", null, cancellationToken);
                answer.EnsureSuccessStatusCode();
                if (answer.StatusCode != HttpStatusCode.NoContent)
                    return await ReadAsync(answer, cancellationToken);
                failures = 0;
            }
            catch (HttpRequestException failure) when (MayPass(failure) && ++failures < Attempts)
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    // A refusal (4xx) stays one; a service that restarts comes back.
    private static bool MayPass(HttpRequestException failure) =>
        failure.StatusCode is null or >= HttpStatusCode.InternalServerError;

    private static async Task<BuildJob> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        return await JsonSerializer.DeserializeAsync(body, WireJson.Default.BuildJob, cancellationToken)
            ?? throw new HttpRequestException("the service answered no job");
    }
}
