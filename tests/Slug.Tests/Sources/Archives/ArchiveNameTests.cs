using Slug.Sources.Archives;

namespace Slug.Tests.Sources.Archives;

public class ArchiveNameTests
{
    [TestCase("a", "a")]
    [TestCase("./a/b", "a/b")]
    [TestCase("a//b/./c/", "a/b/c")]
    [TestCase("a/..b", "a/..b")]
    [TestCase(".gitignore", ".gitignore")]
    [TestCase("a\nb", "a\nb")]
    public void A_name_becomes_a_path(string name, string path) => Assert.That(ArchiveName.Read(name, out _)?.Path, Is.EqualTo(path));

    [TestCase(".")]
    [TestCase("./")]
    [TestCase(".git/config")]
    [TestCase("./.GIT")]
    [TestCase("libs/x/.git")]
    public void The_root_and_gits_own_files_are_no_part_of_a_source(string name) => Assert.That(ArchiveName.Read(name, out _)?.IsNothing, Is.True);

    [TestCase("/etc/passwd", "absolute")]
    [TestCase("../x", "'..'")]
    [TestCase("a/../../x", "'..'")]
    [TestCase("a\uFFFDb", "UTF-8")]
    public void What_is_no_path_inside_is_refused(string name, string because)
    {
        Assert.That(ArchiveName.Read(name, out var fault), Is.Null);
        Assert.That(fault, Does.Contain(because));
    }

    [Test]
    public void A_path_that_linux_cannot_open_is_refused() => Assert.That(ArchiveName.Read(new string('a', 4001), out _), Is.Null);
}
