namespace Slug.Content.Tar;

/// <summary>A layer that was handed in is not one that <see cref="LayerTar"/> writes, or is past a limit. Names in the message are escaped.</summary>
public sealed class InvalidLayerException(string message) : Exception(message)
{
    internal static InvalidLayerException Entry(ReadOnlySpan<byte> name, string fault) =>
        new($"entry '{Quoted.Bytes(name)}' {fault}");
}
