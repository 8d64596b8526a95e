using Slug.Content.Trees;

namespace Slug.Content.Tests.Trees;

public class TreeUseTests
{
    private string root = null!;

    [SetUp]
    public void Make() => root = Directory.CreateTempSubdirectory("slug-use-").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(root, recursive: true);

    [Test]
    public void A_tree_is_as_large_as_its_tar_without_the_end()
    {
        Directory.CreateDirectory(Path.Combine(root, "folder"));
        File.WriteAllBytes(Path.Combine(root, "folder", "file"), new byte[513]);
        File.CreateSymbolicLink(Path.Combine(root, "link"), "/");

        Assert.That(TreeUse.Of(root).Size, Is.EqualTo(512 + 512 + (512 + 1024) + 512));
    }

    [Test]
    public void Old_times_of_change_do_not_hide_that_a_file_came_now()
    {
        var before = TimeProvider.System.GetUtcNow().AddSeconds(-1);
        var file = Path.Combine(root, "unpacked");
        File.WriteAllText(file, "content");
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
        File.SetLastAccessTimeUtc(file, DateTime.UnixEpoch);

        Assert.That(TreeUse.Of(file).UsedAt, Is.GreaterThan(before));
    }

    [Test]
    public void A_file_that_was_read_is_used()
    {
        var file = Path.Combine(root, "read");
        File.WriteAllText(file, "content");
        File.SetLastAccessTimeUtc(file, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(1));

        Assert.That(TreeUse.Of(root).UsedAt, Is.GreaterThan(TimeProvider.System.GetUtcNow().AddHours(1)));
    }

    [Test]
    public void A_time_that_no_calendar_has_does_no_harm()
    {
        var file = Path.Combine(root, "odd");
        File.WriteAllText(file, "content");
        File.SetLastAccessTimeUtc(file, DateTime.MaxValue);

        Assert.That(() => TreeUse.Of(file), Throws.Nothing);
    }

    [Test]
    public void What_is_not_there_takes_no_room() => Assert.That(TreeUse.Of(Path.Combine(root, "gone")).Size, Is.Zero);
}
