using Slug.Commands.Testing;

namespace Slug.Tests.Commands.Testing;

internal sealed class TestTallyTests
{
    [Test]
    public void The_last_line_has_one_form() =>
        Assert.That((new TestTally(1, 0, 2) + new TestTally(40, 1, 0)).ToString(), Is.EqualTo("41 passed, 1 failed, 2 skipped"));

    [Test]
    public void A_repository_is_found_from_a_folder_in_it()
    {
        using var folder = new ScratchFolder();
        Directory.CreateDirectory(folder.In("a/b"));
        File.WriteAllText(folder.In("Slug.sln"), "");
        Assert.That(Repository.Find(folder.In("a/b")).Root, Is.EqualTo(folder.Path));
    }
}
