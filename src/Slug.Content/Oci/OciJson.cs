using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Slug.Content.Oci;

/// <summary>
/// JSON of OCI documents. Written without spaces, members in the order of their declaration, maps by key, nulls left out:
/// equal documents give equal bytes. What is stored, hashed and served are the bytes written once.
/// </summary>
[JsonSourceGenerationOptions]
[JsonSerializable(typeof(ImageManifest))]
[JsonSerializable(typeof(ImageConfig))]
[JsonSerializable(typeof(ImageIndex))]
[JsonSerializable(typeof(LayoutMarker))]
public sealed partial class OciJson : JsonSerializerContext
{
    // The attribute knows no encoder, and the default one would write the plus sign of "tar+zstd" as \u002B.
    private static readonly OciJson Canonical = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>The one form of a manifest.</summary>
    public static byte[] Write(ImageManifest manifest) => JsonSerializer.SerializeToUtf8Bytes(manifest, Canonical.ImageManifest);

    /// <summary>The one form of a config.</summary>
    public static byte[] Write(ImageConfig config) => JsonSerializer.SerializeToUtf8Bytes(config, Canonical.ImageConfig);

    /// <summary>The one form of an index.</summary>
    public static byte[] Write(ImageIndex index) => JsonSerializer.SerializeToUtf8Bytes(index, Canonical.ImageIndex);

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="InvalidDataException">The bytes are no manifest: not JSON, or a required member is missing or of another type.</exception>
    public static ImageManifest ReadManifest(ReadOnlySpan<byte> json) => Read(json, Canonical.ImageManifest, "manifest");

    /// <summary>Reads a config.</summary>
    /// <exception cref="InvalidDataException">The bytes are no config.</exception>
    public static ImageConfig ReadConfig(ReadOnlySpan<byte> json) => Read(json, Canonical.ImageConfig, "config");

    /// <summary>Reads an index.</summary>
    /// <exception cref="InvalidDataException">The bytes are no index.</exception>
    public static ImageIndex ReadIndex(ReadOnlySpan<byte> json) => Read(json, Canonical.ImageIndex, "index");

    internal static byte[] Write(LayoutMarker marker) => JsonSerializer.SerializeToUtf8Bytes(marker, Canonical.LayoutMarker);

    private static T Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type, string what)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new InvalidDataException($"an OCI {what} is an object, not null");
        }
        catch (JsonException cause)
        {
            throw new InvalidDataException($"this is no OCI {what}: {cause.Message}", cause);
        }
    }
}
