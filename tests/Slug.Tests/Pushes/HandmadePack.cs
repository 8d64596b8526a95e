using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Slug.Tests.Pushes;

/// <summary>Objects of any content, checked by nobody, as a pack (gitformat-pack).</summary>
internal sealed class HandmadePack
{
    private readonly Dictionary<string, byte[]> objects = [];

    public string Blob(ReadOnlySpan<byte> content) => Add("blob", 3, content);

    public string Tree(params TreeItem[] items) =>
        Add("tree", 2, [.. items.SelectMany(item => (byte[])[.. Encoding.UTF8.GetBytes($"{item.Mode} {item.Name}\0"), .. Convert.FromHexString(item.Id)])]);

    public string Commit(string tree) =>
        Add("commit", 1, Encoding.UTF8.GetBytes($"tree {tree}\nauthor a <a@example.com> 1 +0000\ncommitter a <a@example.com> 1 +0000\n\nmade\n"));

    public byte[] ToArray()
    {
        var header = new byte[12];
        "PACK"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), 2);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(8), objects.Count);
        byte[] pack = [.. header, .. objects.Values.SelectMany(bytes => bytes)];
        return [.. pack, .. Sha1(pack)];
    }

    private static byte[] Sha1(ReadOnlySpan<byte> bytes)
    {
        using var sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        sha1.AppendData(bytes);
        return sha1.GetHashAndReset();
    }

    private string Add(string name, int type, ReadOnlySpan<byte> content)
    {
        var id = Convert.ToHexStringLower(Sha1([.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{name} {content.Length}\0")), .. content]));
        using var packed = new MemoryStream();
        WriteHeader(packed, type, content.Length);
        // A ZLibStream to which nothing is written writes nothing, not even that it is empty.
        if (content.IsEmpty)
            packed.Write([0x78, 0x9c, 3, 0, 0, 0, 0, 1]);
        else
            Compress(content, packed);
        objects[id] = packed.ToArray();
        return id;
    }

    private static void Compress(ReadOnlySpan<byte> content, MemoryStream packed)
    {
        using var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true);
        zlib.Write(content);
    }

    // Three bits of type and four of size, then seven bits of size at a time; the top bit says that more follow.
    private static void WriteHeader(MemoryStream packed, int type, int size)
    {
        var next = type << 4 | size & 15;
        for (size >>= 4; size > 0; size >>= 7)
        {
            packed.WriteByte((byte)(next | 128));
            next = size & 127;
        }
        packed.WriteByte((byte)next);
    }
}

/// <summary>One entry of a tree that a test makes.</summary>
internal sealed record TreeItem(string Mode, string Name, string Id)
{
    public static TreeItem File(string name, string id) => new("100644", name, id);

    public static TreeItem Folder(string name, string id) => new("40000", name, id);
}
