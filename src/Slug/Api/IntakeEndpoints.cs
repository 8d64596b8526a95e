using Slug.Hosting;
using Slug.Tokens;

namespace Slug.Api;

/// <summary>Holds pushes back and lets them go on: for who replaces the program.</summary>
internal static class IntakeEndpoints
{
    public static void MapIntake(this IEndpointRouteBuilder api)
    {
        api.MapGet("/intake", (Intake intake) => TypedResults.Json(intake.State, ApiJson.Default.IntakeState))
            .WithName("getIntake").WithSummary("Whether pushes go on, how many have, and how many wait").Produces<IntakeState>();
        api.MapPost("/intake/close", async (HttpContext http, Intake intake, Database database, TimeProvider time) =>
        {
            intake.Close();
            await database.WriteAsync(db => Events.Append(db, time, Grant.Of(http).Name, "intake.closed", null, null), CancellationToken.None);
            return TypedResults.Json(intake.State, ApiJson.Default.IntakeState);
        }).WithName("closeIntake").WithSummary("Holds pushes back").Produces<IntakeState>();
        api.MapPost("/intake/open", async (HttpContext http, Intake intake, Database database, TimeProvider time) =>
        {
            intake.Open();
            await database.WriteAsync(db => Events.Append(db, time, Grant.Of(http).Name, "intake.opened", null, null), CancellationToken.None);
            return TypedResults.Json(intake.State, ApiJson.Default.IntakeState);
        }).WithName("openIntake").WithSummary("Lets pushes go on").Produces<IntakeState>();
    }
}
