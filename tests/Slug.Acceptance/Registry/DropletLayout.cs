using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Slug.Content;
using Slug.Content.Blobs;

namespace Slug.Acceptance.Registry;

/// <summary>An image as skopeo left it in a folder. Blobs stand in one folder for all: most have the stack's large layer in common.</summary>
internal sealed class DropletLayout
{
    // As Go reads it: its times know no escaped plus sign.
    private static readonly JsonSerializerOptions plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string folder;
    private readonly BlobStore blobs;

    /// <param name="folder">To be made.</param>
    /// <param name="shared">Where the blobs are.</param>
    public DropletLayout(string folder, string shared)
    {
        this.folder = folder;
        Directory.CreateDirectory(folder);
        Directory.CreateDirectory(Path.Combine(shared, "blobs"));
        File.CreateSymbolicLink(Path.Combine(folder, "blobs"), Path.Combine(shared, "blobs"));
        blobs = new(shared);
    }

    /// <summary>Tags the image a second time without its lowest layer, which is the stack's: what is left is the droplet, and unpacks in no time.</summary>
    public async Task LeaveTheStackOutAsync(string tag, string under, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, "index.json");
        var index = JsonNode.Parse(await File.ReadAllTextAsync(file, cancellationToken))!;
        var entry = index["manifests"]!.AsArray().Single(entry => entry!["annotations"]!["org.opencontainers.image.ref.name"]!.GetValue<string>() == tag)!.DeepClone();
        var manifest = Read(entry);
        var config = Read(manifest["config"]!);
        foreach (var list in (JsonNode[])[manifest["layers"]!, config["rootfs"]!["diff_ids"]!, config["history"]!])
            list.AsArray().RemoveAt(0);
        await WriteAsync(manifest["config"]!, config, cancellationToken);
        await WriteAsync(entry, manifest, cancellationToken);
        entry["annotations"]!["org.opencontainers.image.ref.name"] = under;
        index["manifests"]!.AsArray().Add(entry);
        await File.WriteAllTextAsync(file, index.ToJsonString(plain), cancellationToken);
    }

    private JsonNode Read(JsonNode descriptor) => JsonNode.Parse(File.ReadAllBytes(blobs.PathOf(Digest.Parse(descriptor["digest"]!.GetValue<string>()))))!;

    private async Task WriteAsync(JsonNode descriptor, JsonNode content, CancellationToken cancellationToken)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(content.ToJsonString(plain));
        descriptor["digest"] = (await blobs.WriteAsync(bytes, cancellationToken)).ToString();
        descriptor["size"] = bytes.Length;
    }
}
