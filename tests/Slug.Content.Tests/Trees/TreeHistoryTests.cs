using Slug.Content.Trees;

namespace Slug.Content.Tests.Trees;

public class TreeHistoryTests
{
    private TemporaryDirectory directory = null!;
    private TreeHistory<string> history = null!;

    // Two files, each of a part of its own that has ended.
    [SetUp]
    public void Make()
    {
        directory = new();
        directory.Folder("tree/lib");
        history = new(directory["clock"]);
        File.WriteAllText(directory["tree/lib/a"], "a");
        history.End("first");
        File.WriteAllText(directory["tree/b"], "b");
        history.End("second");
    }

    [TearDown]
    public void Remove() => directory.Dispose();

    [Test]
    public void Every_file_is_of_the_part_that_wrote_it() =>
        Assert.That(Read(), Is.EquivalentTo(new Dictionary<string, string> { ["lib"] = "first", ["lib/a"] = "first", ["b"] = "second" }));

    [Test]
    public void The_last_who_wrote_counts_whatever_time_the_file_claims()
    {
        File.AppendAllText(directory["tree/lib/a"], "more");
        File.SetLastWriteTimeUtc(directory["tree/lib/a"], DateTime.UnixEpoch);
        File.SetUnixFileMode(directory["tree/b"], UnixFileMode.UserRead);
        history.End("third");

        Assert.That(Read(), Has.ItemAt("lib/a").EqualTo("third").And.ItemAt("b").EqualTo("third"));
    }

    [Test]
    public void What_is_written_when_the_last_part_has_ended_is_taken_for_its_own()
    {
        File.WriteAllText(directory["tree/late"], "late");
        Assert.That(Read(), Has.ItemAt("late").EqualTo("second"));
    }

    [Test]
    public void A_move_of_files_that_are_held_is_nobodys_work()
    {
        history.Hold(directory["tree"]);
        Directory.CreateDirectory(directory["aside"]);
        TreeMove.Merge(directory["tree"], directory["aside"]);
        File.WriteAllText(directory["tree/new"], "new");
        TreeMove.Merge(directory["aside"], directory["tree"]);
        history.End("third");

        Assert.That(Read(), Is.EquivalentTo(new Dictionary<string, string> { ["lib"] = "first", ["lib/a"] = "first", ["b"] = "second", ["new"] = "third" }));
    }

    [Test]
    public void A_file_that_was_held_is_of_who_wrote_it_afterwards()
    {
        history.Hold(directory["tree"]);
        TreeMove.Merge(directory["tree"], directory["aside"]);
        TreeMove.Merge(directory["aside"], directory["tree"]);
        history.End("third");
        File.AppendAllText(directory["tree/b"], "more");
        history.End("fourth");

        Assert.That(Read(), Has.ItemAt("b").EqualTo("fourth").And.ItemAt("lib/a").EqualTo("first"));
    }

    private Dictionary<string, string> Read() => history.Read(directory["tree"]).ToDictionary(file => file.Path, file => file.Name);
}
