using Slug.Hosting;

namespace Slug.Api;

/// <summary>Holds pushes back and lets them go on: for who replaces the program.</summary>
internal static class IntakeEndpoints
{
    public static void MapIntake(this IEndpointRouteBuilder api)
    {
        api.MapGet("/intake", (Intake intake) => TypedResults.Json(intake.State, ApiJson.Default.IntakeState));
        api.MapPost("/intake/close", (Intake intake) =>
        {
            intake.Close();
            return TypedResults.Json(intake.State, ApiJson.Default.IntakeState);
        });
        api.MapPost("/intake/open", (Intake intake) =>
        {
            intake.Open();
            return TypedResults.Json(intake.State, ApiJson.Default.IntakeState);
        });
    }
}
