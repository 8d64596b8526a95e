using Slug.Content.Tar;

namespace Slug.Content.Tests.Tar;

/// <summary>A tar made header by header, with anything in it.</summary>
internal sealed class RawTar
{
    private readonly List<byte> bytes = [];

    internal RawTar Directory(string name) => Add(name, LayerFormat.Directory);

    internal RawTar File(string name, string content = "") => Add(name, LayerFormat.RegularFile, content: content);

    internal RawTar Add(string name, byte type, string target = "", string content = "", Action<byte[]>? change = null)
    {
        var (nameBytes, targetBytes) = (Utf8(name), Utf8(target));
        Long(LayerFormat.LongLink, targetBytes);
        Long(LayerFormat.LongName, nameBytes);
        var header = new byte[512];
        LayerFormat.WriteHeader(header, new() { Name = nameBytes, LinkTarget = targetBytes, Type = type, Mode = 0x1ED, Size = content.Length });
        change?.Invoke(header);
        Sum(header);
        bytes.AddRange(header);
        return Padded(Utf8(content));
    }

    internal RawTar Long(byte type, byte[] name)
    {
        if (name.Length <= LayerFormat.LongestShortName)
            return this;
        var header = new byte[512];
        LayerFormat.WriteLongHeader(header, type, name.Length);
        bytes.AddRange(header);
        return Padded([.. name, 0]);
    }

    internal byte[] End() => [.. bytes, .. new byte[1024]];

    private static byte[] Utf8(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private static void Sum(byte[] header)
    {
        header.AsSpan(148, 8).Fill((byte)' ');
        var sum = header.Sum(value => value);
        Utf8(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(header, 148);
    }

    private RawTar Padded(byte[] content)
    {
        bytes.AddRange(content);
        bytes.AddRange(new byte[LayerFormat.Padding(content.Length)]);
        return this;
    }
}
