using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Slug.Content;

namespace Slug.Pushes.LargeFiles;

/// <summary>What Git LFS commits in place of a large file: its sha256 and its length (git-lfs, spec.md, "The Pointer").</summary>
internal readonly record struct LargeFilePointer(Digest Digest, long Size)
{
    /// <summary>Lengths of pointers as git-lfs writes them, from a size of one digit to one of nineteen.</summary>
    public const int ShortestFile = 126;
    public const int LongestFile = 144;

    private const int DigestLength = 71;

    private static ReadOnlySpan<byte> Version => "version https://git-lfs.github.com/spec/v1\noid "u8;

    private static ReadOnlySpan<byte> SizeKey => "\nsize "u8;

    /// <summary>The pointer as a file.</summary>
    public byte[] ToFile() => [.. Version, .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Digest}\nsize {Size}\n"))];

    /// <summary>Reads a file that is exactly a pointer. One with extensions is none: only the programs that they name could undo them.</summary>
    public static bool TryRead(ReadOnlySpan<byte> file, out LargeFilePointer pointer)
    {
        pointer = default;
        if (file.Length is < ShortestFile or > LongestFile || !file.StartsWith(Version) || !file.EndsWith("\n"u8))
            return false;
        var rest = file[Version.Length..^1];
        var valid = Digest.TryParse(Encoding.ASCII.GetString(rest[..DigestLength]), null, out var digest)
            & rest[DigestLength..].StartsWith(SizeKey)
            & Utf8Parser.TryParse(rest[(DigestLength + SizeKey.Length)..], out long size, out var length)
            && DigestLength + SizeKey.Length + length == rest.Length
            && size >= 0;
        pointer = valid ? new(digest, size) : default;
        return valid;
    }
}
