using Slug.Content.Trees;

namespace Slug.Content.Tests.Trees;

public class TreeMoveTests
{
    private TemporaryDirectory directory = null!;

    [SetUp]
    public void Make() => directory = new();

    [TearDown]
    public void Remove() => directory.Dispose();

    [Test]
    public void What_has_no_counterpart_is_moved_and_named()
    {
        Write("from/new/a/b", "from/same/added", "into/same/there");

        Assert.That(TreeMove.Merge(directory["from"], directory["into"]), Is.EquivalentTo((string[])["new", "same/added"]));
        Assert.That(Files("into"), Is.EquivalentTo((string[])["new/a/b", "same/added", "same/there"]));
        Assert.That(Files("from"), Is.Empty);
    }

    [Test]
    public void What_is_there_stays_and_the_newcomer_is_left_behind()
    {
        Write("from/file", "into/file");

        Assert.That(TreeMove.Merge(directory["from"], directory["into"]), Is.Empty);
        Assert.That(File.ReadAllText(directory["into/file"]), Is.EqualTo("into/file"));
        Assert.That(Files("from"), Is.EqualTo((string[])["file"]));
    }

    [Test]
    public void A_link_is_moved_as_it_is_even_where_it_leads_nowhere()
    {
        directory.Folder("from");
        File.CreateSymbolicLink(directory["from/dangling"], "nowhere");
        File.CreateSymbolicLink(directory["from/folder"], "/");

        Assert.That(TreeMove.Merge(directory["from"], directory["into"]), Is.EquivalentTo((string[])["dangling", "folder"]));
        Assert.That(new FileInfo(directory["into/dangling"]).LinkTarget, Is.EqualTo("nowhere"));
        Assert.That(new FileInfo(directory["into/folder"]).LinkTarget, Is.EqualTo("/"));
    }

    [TestCase("from/x/file", "into/x")]
    [TestCase("from/x", "into/x/file")]
    public void A_folder_and_a_file_of_one_name_are_a_conflict(string one, string other)
    {
        Write(one, other);

        Assert.That(() => TreeMove.Merge(directory["from"], directory["into"]), Throws.TypeOf<TreeConflictException>().With.Property("Path").EqualTo("x"));
    }

    [Test]
    public void A_link_to_a_folder_is_no_folder()
    {
        Write("from/x/file", "into/y/file");
        File.CreateSymbolicLink(directory["into/x"], "y");

        Assert.That(() => TreeMove.Merge(directory["from"], directory["into"]), Throws.TypeOf<TreeConflictException>());
        Assert.That(Files("into/y"), Is.EqualTo((string[])["file"]));
    }

    private void Write(params string[] names)
    {
        foreach (var name in names)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(directory[name])!);
            File.WriteAllText(directory[name], name);
        }
    }

    private IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(directory[folder], "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(directory[folder], file));
}
