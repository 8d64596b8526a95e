using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Slug.Heroku;

/// <summary>Times to the second and in UTC, as the Platform API writes them: <c>2026-01-02T03:04:05Z</c>.</summary>
internal sealed class SecondsConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
}
