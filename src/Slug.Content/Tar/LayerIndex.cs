using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Unicode;

namespace Slug.Content.Tar;

/// <summary>
/// The names that a layer has had so far, each as half of its sha256: sixteen bytes, however long it is.
/// Holds that each name is valid, in order, new, and stands in a directory that came before, never behind a link.
/// </summary>
internal sealed class LayerIndex
{
    private const int LongestPart = 255; // NAME_MAX

    private readonly Dictionary<UInt128, byte> types = [];
    private byte[] previous = [];
    private byte[] directory = [];

    private static ReadOnlySpan<byte> Root => "./app/"u8;

    internal int Count => types.Count;

    /// <summary>What is wrong with the name, if anything; otherwise it is remembered.</summary>
    internal string? Add(ReadOnlySpan<byte> name, byte type)
    {
        var fault = types.Count == 0 ? FaultOfRoot(name, type) : FaultOfName(name, type) ?? FaultOfPlace(name);
        if (fault is null && !types.TryAdd(Key(Trimmed(name)), type))
            fault = "appears twice";
        previous = name.ToArray();
        return fault;
    }

    /// <summary>Whether a regular file of this very name came before.</summary>
    internal bool HasFile(ReadOnlySpan<byte> name) =>
        types.GetValueOrDefault(Key(name)) == LayerFormat.RegularFile;

    private static string? FaultOfRoot(ReadOnlySpan<byte> name, byte type) =>
        name.SequenceEqual(Root) && type == LayerFormat.Directory ? null : "comes first; expected the directory './app/'";

    private static string? FaultOfName(ReadOnlySpan<byte> name, byte type)
    {
        if (!name.StartsWith(Root))
            return "is not below './app/'";
        if (name.EndsWith("/"u8) != (type == LayerFormat.Directory))
            return "has a slash at its end, or none, against its type";
        return Utf8.IsValid(name) ? FaultOfParts(Trimmed(name)[Root.Length..]) : "is not UTF-8";
    }

    private static string? FaultOfParts(ReadOnlySpan<byte> path)
    {
        foreach (var range in path.Split((byte)'/'))
        {
            var part = path[range];
            if (part.IsEmpty || part.SequenceEqual("."u8) || part.SequenceEqual(".."u8))
                return "has a part that is empty, '.' or '..'";
            if (part.Length > LongestPart)
                return $"has a part of more than {LongestPart} bytes";
        }

        return null;
    }

    private string? FaultOfPlace(ReadOnlySpan<byte> name)
    {
        var order = name.SequenceCompareTo(previous);
        if (order <= 0)
            return order == 0 ? "appears twice" : "is out of order; expected the byte order of names";
        return IsDirectory(Trimmed(name)[..Trimmed(name).LastIndexOf((byte)'/')]) ? null : "is not in a directory of the layer";
    }

    // Most entries stand in the directory of the one before: the last answer spares a hash.
    private bool IsDirectory(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual(directory))
            return true;
        if (types.GetValueOrDefault(Key(name)) != LayerFormat.Directory)
            return false;
        directory = name.ToArray();
        return true;
    }

    private static ReadOnlySpan<byte> Trimmed(ReadOnlySpan<byte> name) => name.EndsWith("/"u8) ? name[..^1] : name;

    private static UInt128 Key(ReadOnlySpan<byte> name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(name, hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
