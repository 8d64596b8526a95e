using Slug.Content.Trees;

namespace Slug.Content.Tests.Trees;

public class TreeSnapshotTests
{
    private TemporaryDirectory directory = null!;
    private TreeSnapshot snapshot = null!;

    // tree/lib/a, tree/lib/deep/b and tree/other, of which only lib is looked at.
    [SetUp]
    public void Make()
    {
        directory = new();
        directory.Folder("tree/lib/deep");
        foreach (var name in (string[])["tree/lib/a", "tree/lib/deep/b", "tree/other"])
            File.WriteAllText(directory[name], name);
        snapshot = TreeSnapshot.Of(directory["tree"], ["lib", "not there"]);
        AwaitTheNextTick();
    }

    [TearDown]
    public void Remove() => directory.Dispose();

    [Test]
    public void Nothing_has_changed_where_nobody_did_anything()
    {
        File.AppendAllText(directory["tree/other"], "more");
        File.ReadAllText(directory["tree/lib/a"]);

        Assert.That(snapshot.Unchanged(), Is.EquivalentTo((string[])["lib", "lib/a", "lib/deep", "lib/deep/b"]));
    }

    [Test]
    public void A_file_that_is_written_takes_the_folders_above_with_it()
    {
        File.AppendAllText(directory["tree/lib/deep/b"], "more");

        Assert.That(snapshot.Unchanged(), Is.EquivalentTo((string[])["lib/a"]));
    }

    [Test]
    public void A_write_that_hides_itself_shows()
    {
        var before = File.GetLastWriteTimeUtc(directory["tree/lib/a"]);
        File.WriteAllText(directory["tree/lib/a"], "tree/LIB/a");
        File.SetLastWriteTimeUtc(directory["tree/lib/a"], before);

        Assert.That(snapshot.Unchanged(), Does.Not.Contain("lib/a"));
    }

    [Test]
    public void A_mode_that_is_changed_shows()
    {
        File.SetUnixFileMode(directory["tree/lib/a"], UnixFileMode.UserRead);

        Assert.That(snapshot.Unchanged(), Is.EquivalentTo((string[])["lib/deep", "lib/deep/b"]));
    }

    [Test]
    public void What_is_added_changes_the_folder_and_not_what_is_in_it()
    {
        File.WriteAllText(directory["tree/lib/new"], "");

        Assert.That(snapshot.Unchanged(), Is.EquivalentTo((string[])["lib/a", "lib/deep", "lib/deep/b"]));
    }

    [Test]
    public void What_is_gone_cannot_be_said_by_a_layer_on_top()
    {
        File.Delete(directory["tree/lib/a"]);

        Assert.That(snapshot.Unchanged(), Is.Null);
    }

    [Test]
    public void Nor_can_what_became_another_kind()
    {
        File.Delete(directory["tree/lib/a"]);
        directory.Folder("tree/lib/a");

        Assert.That(snapshot.Unchanged(), Is.Null);
    }

    // A file system's times advance in steps of some milliseconds.
    private void AwaitTheNextTick()
    {
        var probe = directory["probe"];
        File.WriteAllText(probe, "");
        var tick = File.GetLastWriteTimeUtc(probe);
        while (File.GetLastWriteTimeUtc(probe) == tick)
            File.WriteAllText(probe, "");
    }
}
