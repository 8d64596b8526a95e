using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using Slug.Hosting;
using Slug.Pushes;
using Slug.Tokens;

namespace Slug.Api;

/// <summary>Says why a request came to no endpoint, or to none that could read it: what is wrong, and what was expected. In the form of the endpoint's group.</summary>
internal sealed class BadRequests(RequestDelegate next, IOptions<JsonOptions> json)
{
    public async Task InvokeAsync(HttpContext http)
    {
        Refusal? refusal;
        try
        {
            await next(http);
            refusal = http.Response.HasStarted ? null : Unanswered(http);
        }
        catch (BadHttpRequestException mistake) when (!http.Response.HasStarted)
        {
            refusal = Unreadable(http, mistake);
        }

        if (refusal is not null)
            await FormOf(http).Answer(http, refusal).ExecuteAsync(http);
    }

    private static RefusalForm FormOf(HttpContext http) => http.Request.Path.StartsWithSegments("/slug") ? Problems.Form : RefusalForm.Of(http);

    // What routing refuses, and what binding refuses without an exception, has a status and no body.
    private Refusal? Unanswered(HttpContext http) => (http.Response.StatusCode, http.GetEndpoint() is RouteEndpoint) switch
    {
        (StatusCodes.Status404NotFound, false) => Of(StatusCodes.Status404NotFound, $"SLUG6199: there is nothing at '{http.Request.Method} {PathOf(http)}'; GET {ApiDescription.Route} and docs/api.md list what there is"),
        (StatusCodes.Status405MethodNotAllowed, _) => Of(StatusCodes.Status405MethodNotAllowed, $"SLUG6330: '{http.Request.Method}' is not answered at '{PathOf(http)}'; expected {http.Response.Headers.Allow}"),
        (StatusCodes.Status415UnsupportedMediaType, _) => Untyped(http),
        (StatusCodes.Status413PayloadTooLarge, true) when IsOurs(http) => TooLarge(http),
        (StatusCodes.Status400BadRequest, true) => Unbound(http),
        (StatusCodes.Status408RequestTimeout, true) => Broken(StatusCodes.Status408RequestTimeout, "it came too slowly"),
        _ => null,
    };

    private Refusal Unreadable(HttpContext http, BadHttpRequestException mistake) => mistake switch
    {
        { StatusCode: StatusCodes.Status413PayloadTooLarge } => TooLarge(http),
        { StatusCode: StatusCodes.Status415UnsupportedMediaType } => Untyped(http),
        { InnerException: JsonException exception } when BodyOf(http) is { } type => Mistaken(JsonMistake.Of(exception, json.Value.SerializerOptions.GetTypeInfo(type))),
        _ => Unbound(http) ?? Broken(mistake.StatusCode, mistake.Message.TrimEnd('.')),
    };

    private static Refusal Mistaken(JsonMistake mistake) => mistake.Kind switch
    {
        JsonMistakeKind.NoJson => Of(StatusCodes.Status400BadRequest, $"SLUG6190: {mistake.Reason}"),
        JsonMistakeKind.OtherType => Of(StatusCodes.Status422UnprocessableEntity, $"SLUG6191: {mistake.Reason}"),
        _ => Of(StatusCodes.Status422UnprocessableEntity, $"SLUG6192: {mistake.Reason}"),
    };

    private Refusal? Unbound(HttpContext http) =>
        QueryValue.UnreadIn(http) is { } value ? value.Refusal(http.Request.Query)
        : IsOurs(http) && BodyOf(http) is { } type ? Of(StatusCodes.Status400BadRequest, $"SLUG6193: the request has no body, one that breaks off, or 'null'; expected {Expected.Of(json.Value.SerializerOptions.GetTypeInfo(type))}")
        : null;

    private static Refusal Broken(int status, string why) => Of(status, $"SLUG6331: the request cannot be read ({why}); expected all of it: send it once more");

    private static Refusal Untyped(HttpContext http) => Of(
        StatusCodes.Status415UnsupportedMediaType, $"SLUG6194: a body of the type '{Readable.Text(http.Request.ContentType ?? "")}' is not read here; expected 'Content-Type: application/json', or what GET {ApiDescription.Route} names");

    private static Refusal TooLarge(HttpContext http) => Of(
        StatusCodes.Status413PayloadTooLarge, $"SLUG6195: the body is larger than what is read at '{PathOf(http)}'; expected at most {Listeners.LargestBody} bytes: send less at a time");

    private static Refusal Of(int status, string message) => new(status, message);

    private static Type? BodyOf(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType;

    private static bool IsOurs(HttpContext http) => RefusalForm.Of(http) == Problems.Form;

    private static string PathOf(HttpContext http) => Readable.Text(http.Request.Path.ToString());
}
