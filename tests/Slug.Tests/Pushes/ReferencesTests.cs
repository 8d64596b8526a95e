using Slug.Pushes;

namespace Slug.Tests.Pushes;

internal sealed class ReferencesTests
{
    private const string Loose = "1111111111111111111111111111111111111111";
    private const string Packed = "2222222222222222222222222222222222222222";

    private DirectoryInfo folder = null!;
    private References references = null!;

    [SetUp]
    public void Create()
    {
        folder = Directory.CreateTempSubdirectory("slug-refs-");
        var repository = new Repository(Path.Combine(folder.FullName, "a.git"));
        repository.Ensure("main");
        File.WriteAllText(Path.Combine(repository.Directory, "refs/heads/main"), Loose + "\n");
        File.WriteAllText(Path.Combine(repository.Directory, "packed-refs"),
            $"# pack-refs with: peeled fully-peeled sorted \n{Packed} refs/heads/main\n{Packed} refs/heads/old\n{Packed} refs/slug/builds/x\n{Packed} refs/tags/v1\n^{Loose}\n");
        references = new(repository);
    }

    [TearDown]
    public void Delete() => folder.Delete(recursive: true);

    [TestCase("refs/heads/main", Loose)]
    [TestCase("refs/heads/old", Packed)]
    [TestCase("refs/tags/v1", Packed)]
    [TestCase("refs/heads/none", null)]
    [TestCase("refs/heads/main/below", null)]
    public void A_ref_is_found_where_git_would_find_it(string name, string? id) =>
        Assert.That(references.Find(RefName.Parse(name))?.ToString(), Is.EqualTo(id));

    [Test]
    public void Hidden_refs_are_not_counted() =>
        Assert.That(references.Public(), Is.EquivalentTo((string[])["refs/heads/main", "refs/heads/old", "refs/tags/v1"]));

    [TestCase("objects/tmp_objdir-incoming-abc", true)]
    [TestCase("./objects/./tmp_objdir-incoming-abc", true)]
    [TestCase("objects", false)]
    [TestCase("objects/pack", false)]
    [TestCase("objects/tmp_objdir-incoming-abc/../../..", false)]
    [TestCase("../b.git/objects/tmp_objdir-incoming-abc", false)]
    public void A_quarantine_is_one_of_this_repository(string directory, bool valid)
    {
        var repository = new Repository(Path.Combine(folder.FullName, "a.git"));

        Assert.That(Quarantine.Of(repository, Path.Combine(repository.Directory, directory)), valid ? Is.Not.Null : Is.Null);
    }

    [Test]
    public void A_repository_that_is_there_is_left_alone()
    {
        var repository = new Repository(Path.Combine(folder.FullName, "a.git"));

        repository.Ensure("other");

        Assert.That(File.ReadAllText(repository.Head), Is.EqualTo("ref: refs/heads/main\n"));
        Assert.That(folder.GetDirectories(), Has.Length.EqualTo(1));
    }
}
