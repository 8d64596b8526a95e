using System.Text.Json;
using Slug.Api;

namespace Slug.Platform;

/// <summary>A request's body, read or refused; <see cref="Conventions"/> answers the refusal before the endpoint sees it.</summary>
internal interface IBody
{
    IResult? Refusal { get; }
}

/// <summary>A request's body as JSON. No body at all is an empty object: that is how Heroku's clients ask for defaults.</summary>
internal sealed record Body<T>(T Value, IResult? Refusal) : IBody, IBindableFromHttpContext<Body<T>>
    where T : class
{
    public static async ValueTask<Body<T>?> BindAsync(HttpContext context, System.Reflection.ParameterInfo parameter)
    {
        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
        return Read(bytes.Length == 0 ? "{}"u8 : bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    private static Body<T> Read(ReadOnlySpan<byte> json)
    {
        var type = PlatformJson.Default.GetTypeInfo(typeof(T))!;
        try
        {
            return JsonSerializer.Deserialize(json, type) is T value ? new(value, null) : Refused(PlatformError.Bad($"SLUG6102: the body is 'null'; expected {Expected.Of(type)}"));
        }
        catch (JsonException exception)
        {
            var mistake = JsonMistake.Of(exception, type);
            return Refused(mistake.Kind == JsonMistakeKind.NoJson || exception.Path == "$" ? PlatformError.Bad($"SLUG6102: {mistake.Reason}") : PlatformError.Invalid($"SLUG6103: {mistake.Reason}"));
        }
    }

    private static Body<T> Refused(IResult refusal) => new(null!, refusal);
}
