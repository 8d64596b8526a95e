using Slug.Content;
using Slug.Content.Compression;
using Slug.Content.Oci;
using Slug.Content.Wire;

namespace Slug.Droplets;

/// <summary>A layer as it is stored. Sizes in bytes.</summary>
internal sealed record Layer
{
    public required Digest DiffId { get; init; }

    public required long TarSize { get; init; }

    /// <summary>What is on disk: the tar itself, under its own digest, until it is compressed.</summary>
    public required Digest Blob { get; init; }

    public required long BlobSize { get; init; }

    public LayerForm Form => Blob == DiffId ? LayerForm.Tar : LayerForm.Zstd;

    public Descriptor Descriptor => new() { MediaType = LayerForms.MediaTypeOf(Form), Digest = Blob, Size = BlobSize };

    /// <summary>The tar of what is on disk.</summary>
    public Stream Tar(Stream blob) => Form == LayerForm.Tar ? blob : new ZstdDecompressStream(blob);
}
