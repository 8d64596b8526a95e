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
        api.MapPost("/intake/close", (HttpContext http, Intake intake, Database database, TimeProvider time) =>
        {
            intake.Close();
            return NoteAsync(http, intake, database, time, "intake.closed");
        }).WithName("closeIntake").WithSummary("Holds pushes back").Produces<IntakeState>();
        api.MapPost("/intake/open", (HttpContext http, Intake intake, Database database, TimeProvider time) =>
        {
            intake.Open();
            return NoteAsync(http, intake, database, time, "intake.opened");
        }).WithName("openIntake").WithSummary("Lets pushes go on").Produces<IntakeState>();
    }

    private static async Task<IResult> NoteAsync(HttpContext http, Intake intake, Database database, TimeProvider time, string kind)
    {
        await database.WriteAsync(db => Events.Append(db, time, Grant.Of(http).Name, kind, null, null), CancellationToken.None);
        return TypedResults.Json(intake.State, ApiJson.Default.IntakeState);
    }
}
