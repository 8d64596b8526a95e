using Slug.Content.Tar;

namespace Slug.Content.Tests.Tar;

/// <summary>Layers as tests want them: at once and in memory.</summary>
internal static class Layer
{
    internal static byte[] Pack(string root)
    {
        using var layer = new MemoryStream();
        LayerTar.WriteAsync(root, "./app", layer, CancellationToken.None).GetAwaiter().GetResult();
        return layer.ToArray();
    }

    internal static IReadOnlyList<byte[]> Split(string root) =>
        [.. LayerTree.Read(root, "./app", static (_, _) => false).Split().Select(part =>
        {
            using var layer = new MemoryStream();
            part.WriteAsync(layer, CancellationToken.None).GetAwaiter().GetResult();
            return layer.ToArray();
        })];

    internal static void WriteFile(string root, string path) => File.WriteAllBytes(path, Pack(root));
}
