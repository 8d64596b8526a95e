using System.Text.Json;

namespace Slug.Acceptance.Droplets;

/// <summary>The blobs of an app's current droplet as they are on disk, once its layers are compressed.</summary>
internal sealed class StoredDroplet
{
    /// <summary>Layers lowest first, config, manifest: digest to size in bytes.</summary>
    public required IReadOnlyDictionary<string, long> Blobs { get; init; }

    /// <summary>The lowest layer.</summary>
    public string Layer => Blobs.Keys.First();

    public static async Task<StoredDroplet> OfAsync(Installation slug, string app, CancellationToken cancellationToken)
    {
        // Who asks for it waits until it is compressed.
        using var shown = JsonDocument.Parse((await slug.SlugAsync(cancellationToken, "droplets", "show", app, "--json")).Output);
        var manifest = shown.RootElement.GetProperty("manifest").GetString()!;
        var file = new FileInfo(PathOf(slug, manifest));
        using var content = JsonDocument.Parse(await File.ReadAllTextAsync(file.FullName, cancellationToken));
        var blobs = content.RootElement.GetProperty("layers").EnumerateArray().Append(content.RootElement.GetProperty("config"))
            .ToDictionary(blob => blob.GetProperty("digest").GetString()!, blob => blob.GetProperty("size").GetInt64());
        blobs[manifest] = file.Length;
        return new() { Blobs = blobs };
    }

    public static string PathOf(Installation slug, string digest) => Path.Combine(slug.Data, "oci", "blobs", "sha256", digest.Split(':')[1]);
}
