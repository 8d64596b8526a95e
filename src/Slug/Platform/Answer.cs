using System.Security.Cryptography;
using System.Text.Json;

namespace Slug.Platform;

/// <summary>A JSON answer with its tag: who has it already is told so in place of it.</summary>
internal sealed class Answer(byte[] json, int status) : IResult
{
    public static Answer Of<T>(T value, int status = StatusCodes.Status200OK) =>
        new(JsonSerializer.SerializeToUtf8Bytes(value, PlatformJson.Plain.GetTypeInfo(typeof(T)) ?? throw new ArgumentException($"{typeof(T)} is not in PlatformJson", nameof(value))), status);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        response.StatusCode = status;
        if (HttpMethods.IsGet(request.Method))
        {
            var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(json))[..32]}\"";
            response.Headers.ETag = tag;
            if (request.Headers.IfNoneMatch.SelectMany(value => value!.Split(',', StringSplitOptions.TrimEntries)).Any(had => had == "*" || had == tag || had == $"W/{tag}"))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }

        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = json.Length;
        await response.Body.WriteAsync(json, httpContext.RequestAborted);
    }
}
