using Microsoft.AspNetCore.Http.HttpResults;

namespace Slug.Api;

/// <summary>Errors as API callers read them: RFC 9457 problem details with our stable code.</summary>
internal static class Problems
{
    public static JsonHttpResult<ProblemView> NoApp(string name) =>
        NotFound("SLUG6001", $"there is no app '{name}'; create it with a push, or with: slug apps create {name}");

    public static JsonHttpResult<ProblemView> NoDroplet(NamedResult result) =>
        result is NamedResult.Unknown(var code, var reason) ? NotFound(code, reason) : throw new InvalidOperationException("it was found");

    public static JsonHttpResult<ProblemView> NotFound(string code, string detail) => Of(StatusCodes.Status404NotFound, "Not found", code, detail);

    public static JsonHttpResult<ProblemView> Invalid(string code, string detail) => Of(StatusCodes.Status422UnprocessableEntity, "Not valid", code, detail);

    public static JsonHttpResult<ProblemView> Conflict(string code, string detail) => Of(StatusCodes.Status409Conflict, "Not now", code, detail);

    public static JsonHttpResult<ProblemView> Forbidden(string code, string detail) => Of(StatusCodes.Status403Forbidden, "Not allowed", code, detail);

    public static JsonHttpResult<ProblemView> Broken(string code, string detail) => Of(StatusCodes.Status500InternalServerError, "Damaged", code, detail);

    /// <summary>A message of a stage's, which begins with its code.</summary>
    public static JsonHttpResult<ProblemView> Told(string message) =>
        message.Split(": ", 2) is [var code, var detail] ? Invalid(code, detail) : throw new ArgumentException($"'{message}' has no code", nameof(message));

    private static JsonHttpResult<ProblemView> Of(int status, string title, string code, string detail) =>
        TypedResults.Json(new ProblemView(title, $"{code}: {detail}", code, status), ApiJson.Default.ProblemView, "application/problem+json", status);
}
