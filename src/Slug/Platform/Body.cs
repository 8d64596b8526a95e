using System.Text.Json;

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
        try
        {
            if (json.IndexOfAnyExcept(" \t\r\n"u8) is var start and >= 0 && json[start] != (byte)'{')
                return Refused(PlatformError.Bad("SLUG6102: the body is not a JSON object; expected one, like {\"name\": \"hello\"}"));
            return JsonSerializer.Deserialize(json, PlatformJson.Default.GetTypeInfo(typeof(T))!) is T value ? new(value, null) : throw new JsonException();
        }
        catch (JsonException mistake) when (mistake.Path is { Length: > 1 } path && IsJson(json))
        {
            return Refused(PlatformError.Invalid($"SLUG6103: '{path}' of the body is of another type than expected; the Platform API's schema says which"));
        }
        catch (JsonException mistake)
        {
            return Refused(PlatformError.Bad($"SLUG6102: the body cannot be read as JSON (line {mistake.LineNumber + 1}, byte {mistake.BytePositionInLine + 1}); expected an object, like {{\"name\": \"hello\"}}"));
        }
    }

    private static Body<T> Refused(IResult refusal) => new(null!, refusal);

    private static bool IsJson(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
