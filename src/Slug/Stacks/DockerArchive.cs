using System.Formats.Tar;
using System.Text.Json;

namespace Slug.Stacks;

/// <summary>Images in the form that <c>docker load</c> takes: configs, layers, and a <c>manifest.json</c> that names them.</summary>
internal static class DockerArchive
{
    public static async Task WriteAsync(IReadOnlyList<StackImage> images, Stream destination, CancellationToken cancellationToken)
    {
        await using var writer = new TarWriter(destination, TarEntryFormat.Gnu, leaveOpen: true);
        await AddAsync(writer, "manifest.json", Manifest(images), cancellationToken);
        foreach (var image in images)
            await AddAsync(writer, ConfigName(image), new MemoryStream(image.Config), cancellationToken);
        foreach (var layer in images.SelectMany(image => image.Layers).DistinctBy(layer => layer.DiffId))
            await AddAsync(writer, LayerName(layer), File.OpenRead(layer.File), cancellationToken);
    }

    private static MemoryStream Manifest(IReadOnlyList<StackImage> images) => new(JsonSerializer.SerializeToUtf8Bytes(
        [.. images.Select(image => new ArchivedImage(ConfigName(image), [image.Tag], [.. image.Layers.Select(LayerName)]))],
        StackJson.Default.IReadOnlyListArchivedImage));

    private static async Task AddAsync(TarWriter writer, string name, Stream content, CancellationToken cancellationToken)
    {
        await using (content)
            await writer.WriteEntryAsync(
                new GnuTarEntry(TarEntryType.RegularFile, name) { DataStream = content, ModificationTime = LayerTime.Fixed, Mode = Modes.Readable },
                cancellationToken);
    }

    private static string ConfigName(StackImage image) => image.Id.Hex + ".json";

    private static string LayerName(ImageLayer layer) => layer.DiffId.Hex + "/layer.tar";
}
