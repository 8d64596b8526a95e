using System.Text;
using Slug.Pushes.LargeFiles;

namespace Slug.Tests.Pushes.LargeFiles;

public class LargeFilePointerTests
{
    private const string Oid = "4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393";

    [TestCase("0", 0)]
    [TestCase("12345", 12345)]
    [TestCase("9223372036854775807", long.MaxValue)]
    public void A_pointer_tells_digest_and_size(string size, long expected)
    {
        Assert.That(TryRead(Pointer(size), out var pointer));
        Assert.That(pointer, Is.EqualTo(new LargeFilePointer(Slug.Content.Digest.Parse($"sha256:{Oid}"), expected)));
    }

    [TestCase("the last line has no end", "version https://git-lfs.github.com/spec/v1\noid sha256:" + Oid + "\nsize 12345")]
    [TestCase("the version is another", "version https://git-lfs.github.com/spec/v2\noid sha256:" + Oid + "\nsize 12345\n")]
    [TestCase("the size is no number", "version https://git-lfs.github.com/spec/v1\noid sha256:" + Oid + "\nsize 12x45\n")]
    [TestCase("the size is negative", "version https://git-lfs.github.com/spec/v1\noid sha256:" + Oid + "\nsize -1234\n")]
    [TestCase("the size is beyond any number", "version https://git-lfs.github.com/spec/v1\noid sha256:" + Oid + "\nsize 9999999999999999999\n")]
    [TestCase("the keys are in another order", "version https://git-lfs.github.com/spec/v1\nsize 12345\noid sha256:" + Oid + "\n")]
    [TestCase("the hash is another", "version https://git-lfs.github.com/spec/v1\noid sha512:" + Oid + "\nsize 12345\n")]
    [TestCase("lines end as on another system", "version https://git-lfs.github.com/spec/v1\r\noid sha256:" + Oid + "\r\nsize 12345\r\n")]
    [TestCase("a line follows", "version https://git-lfs.github.com/spec/v1\noid sha256:" + Oid + "\nsize 1\nx-y 1\n")]
    [TestCase("it is empty", "")]
    public void Nothing_else_is_a_pointer(string because, string text) => Assert.That(TryRead(text, out _), Is.False, because);

    [Test]
    public void The_lengths_of_pointers_are_those_of_the_shortest_and_the_longest()
    {
        Assert.That(Pointer("1"), Has.Length.EqualTo(LargeFilePointer.ShortestFile));
        Assert.That(Pointer($"{long.MaxValue}"), Has.Length.EqualTo(LargeFilePointer.LongestFile));
    }

    private static string Pointer(string size) => $"version https://git-lfs.github.com/spec/v1\noid sha256:{Oid}\nsize {size}\n";

    private static bool TryRead(string text, out LargeFilePointer pointer) => LargeFilePointer.TryRead(Encoding.UTF8.GetBytes(text), out pointer);
}
