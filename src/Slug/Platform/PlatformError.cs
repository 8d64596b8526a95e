using Microsoft.AspNetCore.Http.HttpResults;
using Slug.Tokens;

namespace Slug.Platform;

/// <summary>What is wrong, as the Platform API says it: one of its own ids, and a message that begins with one of our codes.</summary>
internal sealed record PlatformError(string Id, string Message)
{
    /// <summary>Refusals of what comes before an endpoint.</summary>
    public static RefusalForm Form { get; } = new((http, refusal) =>
    {
        Conventions.Announce(http);
        return refusal.Status switch
        {
            StatusCodes.Status401Unauthorized => Of(refusal.Status, "unauthorized", refusal.Message),
            StatusCodes.Status429TooManyRequests => Of(refusal.Status, "rate_limit", refusal.Message),
            StatusCodes.Status403Forbidden => Of(refusal.Status, "forbidden", refusal.Message),
            _ => Of(refusal.Status, "bad_request", refusal.Message),
        };
    });

    /// <summary>The request cannot be read.</summary>
    public static IResult Bad(string message) => Of(StatusCodes.Status400BadRequest, "bad_request", message);

    public static IResult Forbidden(string message) => Of(StatusCodes.Status403Forbidden, "forbidden", message);

    public static IResult NotFound(string message) => Of(StatusCodes.Status404NotFound, "not_found", message);

    public static IResult NotAcceptable(string message) => Of(StatusCodes.Status406NotAcceptable, "not_acceptable", message);

    public static IResult Conflict(string message) => Of(StatusCodes.Status409Conflict, "conflict", message);

    public static IResult NoRange(string message) => Of(StatusCodes.Status416RangeNotSatisfiable, "requested_range_not_satisfiable", message);

    /// <summary>The request can be read, and asks for what cannot be.</summary>
    public static IResult Invalid(string message) => Of(StatusCodes.Status422UnprocessableEntity, "invalid_params", message);

    public static IResult TooMany(string message) => Of(StatusCodes.Status429TooManyRequests, "rate_limit", message);

    private static JsonHttpResult<PlatformError> Of(int status, string id, string message) =>
        TypedResults.Json(new PlatformError(id, message), PlatformJson.Plain.PlatformError, statusCode: status);
}
