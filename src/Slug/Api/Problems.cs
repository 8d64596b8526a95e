using Microsoft.AspNetCore.Http.HttpResults;
using Slug.Tokens;

namespace Slug.Api;

/// <summary>Errors as API callers read them: RFC 9457 problem details with our stable code.</summary>
internal static class Problems
{
    /// <summary>Refusals of what comes before an endpoint.</summary>
    public static RefusalForm Form { get; } = new((http, refusal) =>
    {
        RefusalForm.Challenge(http, refusal);
        return Told(refusal.Status, refusal.Message);
    });

    public static JsonHttpResult<ProblemView> NoApp(string name) =>
        NotFound("SLUG6001", $"there is no app '{name}'; create it with a push, or with: slug apps create {name}");

    public static JsonHttpResult<ProblemView> NoDroplet(NamedResult result) =>
        result is NamedResult.Unknown(var code, var reason) ? NotFound(code, reason) : throw new InvalidOperationException("it was found");

    public static JsonHttpResult<ProblemView> NotFound(string code, string detail) => Of(StatusCodes.Status404NotFound, code, detail);

    public static JsonHttpResult<ProblemView> Invalid(string code, string detail) => Of(StatusCodes.Status422UnprocessableEntity, code, detail);

    public static JsonHttpResult<ProblemView> Conflict(string code, string detail) => Of(StatusCodes.Status409Conflict, code, detail);

    public static JsonHttpResult<ProblemView> Forbidden(string code, string detail) => Of(StatusCodes.Status403Forbidden, code, detail);

    public static JsonHttpResult<ProblemView> Broken(string code, string detail) => Of(StatusCodes.Status500InternalServerError, code, detail);

    /// <summary>A message of a stage's, which begins with its code.</summary>
    public static JsonHttpResult<ProblemView> Told(string message) => Told(StatusCodes.Status422UnprocessableEntity, message);

    /// <summary>The same of what is not there at the moment.</summary>
    public static JsonHttpResult<ProblemView> Unavailable(string message) => Told(StatusCodes.Status503ServiceUnavailable, message);

    private static JsonHttpResult<ProblemView> Told(int status, string message) =>
        message.Split(": ", 2) is [var code, var detail] ? Of(status, code, detail) : throw new ArgumentException($"'{message}' has no code", nameof(message));

    private static JsonHttpResult<ProblemView> Of(int status, string code, string detail) =>
        TypedResults.Json(new ProblemView(TitleOf(status), $"{code}: {detail}", code, status), ApiJson.Plain.ProblemView, "application/problem+json", status);

    private static string TitleOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "No token",
        StatusCodes.Status403Forbidden => "Not allowed",
        StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed => "Not found",
        StatusCodes.Status409Conflict => "Not now",
        StatusCodes.Status413PayloadTooLarge => "Too large",
        StatusCodes.Status422UnprocessableEntity => "Not valid",
        StatusCodes.Status429TooManyRequests => "Too many",
        StatusCodes.Status500InternalServerError => "Damaged",
        StatusCodes.Status503ServiceUnavailable => "Not there",
        _ => "Not readable",
    };
}
