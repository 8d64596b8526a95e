using System.Text.Json;
using Slug.Hosting;

namespace Slug.Api;

/// <summary>Checks all that is stored; a line of JSON tells of each file.</summary>
internal static class CheckEndpoints
{
    public static void MapCheck(this IEndpointRouteBuilder api) =>
        api.MapPost("/fsck", (StoreCheck check, CancellationToken cancellationToken) =>
            TypedResults.Stream(body => WriteAsync(check.RunAsync(cancellationToken), body, cancellationToken), "application/x-ndjson"))
            .WithName("checkStore").WithSummary("Reads all that is stored; a line of JSON tells of each file").Produces<CheckProgress>(200, "application/x-ndjson");

    private static async Task WriteAsync(IAsyncEnumerable<CheckProgress> progress, Stream body, CancellationToken cancellationToken)
    {
        await foreach (var line in progress)
        {
            await JsonSerializer.SerializeAsync(body, line, ApiJson.Default.CheckProgress, cancellationToken);
            await body.WriteAsync("\n"u8.ToArray(), cancellationToken);
            await body.FlushAsync(cancellationToken);
        }
    }
}
