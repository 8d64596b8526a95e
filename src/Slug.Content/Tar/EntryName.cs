using System.Text;

namespace Slug.Content.Tar;

/// <summary>The name of the entry that is looked at: it grows and shrinks with each step through the tree. A zero follows it, so that system calls can read it in place.</summary>
internal sealed class EntryName
{
    private readonly int rootLength;
    private byte[] buffer = new byte[512];

    /// <param name="root">What the name of each entry begins with, the slash at its end included.</param>
    internal EntryName(ReadOnlySpan<byte> root)
    {
        Append(root);
        rootLength = root.Length;
    }

    internal int Length { get; private set; }

    internal ReadOnlySpan<byte> Full => buffer.AsSpan(0, Length);

    /// <summary>Relative to the root, with the zero at its end.</summary>
    internal ReadOnlySpan<byte> Path => Length == rootLength ? ".\0"u8 : buffer.AsSpan(rootLength, Length - rootLength + 1);

    /// <summary>Relative to the root, without a slash at its end.</summary>
    internal string Text => Encoding.UTF8.GetString(buffer.AsSpan(rootLength, Length - rootLength).TrimEnd((byte)'/'));

    internal void Append(ReadOnlySpan<byte> part)
    {
        if (Length + part.Length >= buffer.Length)
            Array.Resize(ref buffer, 2 * (Length + part.Length));
        part.CopyTo(buffer.AsSpan(Length));
        Cut(Length + part.Length);
    }

    internal void Cut(int length)
    {
        Length = length;
        buffer[length] = 0;
    }
}
