using System.Security.Cryptography;
using System.Text;

namespace Slug.Stacks;

/// <summary>A file's bytes, opened when they are needed. Equal only to itself: two names with one content are hard links.</summary>
internal sealed class RootContent(long length, Func<Stream> open)
{
    public long Length { get; } = length;

    public Stream Open() => open();

    public static RootContent Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    public static RootContent Of(byte[] bytes) => new(bytes.Length, () => new MemoryStream(bytes, writable: false));

    public static RootContent OfFile(FileInfo file) => new(file.Length, file.OpenRead);

    public static bool AreEqual(RootContent? left, RootContent? right) =>
        left is null || right is null
            ? left == right
            : left.Length == right.Length && left.Hash().AsSpan().SequenceEqual(right.Hash());

    public string ReadText()
    {
        using var reader = new StreamReader(Open(), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private byte[] Hash()
    {
        using var stream = Open();
        return SHA256.HashData(stream);
    }
}
