using Slug.Pushes;
using Slug.Sources;
using Slug.Tests.Pushes;

namespace Slug.Tests.Sources;

/// <summary>Trees as hostile as git lets them through.</summary>
[CancelAfter(120_000)]
internal sealed class When_a_source_is_read : SourceSituation
{
    private const string Link = "120000";
    private const string Gitlink = "160000";

    private HandmadePack pack = null!;

    [SetUp]
    public void Limit()
    {
        pack = new();
        Options.Entries = 1000;
    }

    [Test]
    public async Task Its_tree_and_files_are_told_and_archived()
    {
        await Client.CommitAsync("folder/file", "12345");

        await Client.PushAsync("main");

        var source = Source();
        Assert.That(source.Tree.ToString(), Is.EqualTo((await Client.GitAsync("rev-parse", "HEAD^{tree}")).Output.Trim()));
        Assert.That(source.Tally, Has.Property("Entries").EqualTo(3).And.Property("Bytes").EqualTo(11));
        Assert.That(Archived["folder/file"], Is.EqualTo("12345"));
    }

    [Test]
    public async Task Attributes_of_the_pusher_change_nothing()
    {
        await File.WriteAllTextAsync(Path.Combine(Client.Folder, ".gitattributes"),
            "secret export-ignore\nversion export-subst\ntext text eol=crlf\nid ident\nwide working-tree-encoding=UTF-16\n");
        foreach (var (file, content) in new Dictionary<string, string> { ["secret"] = "s", ["version"] = "$Format:%H$", ["text"] = "a\nb\n", ["id"] = "$Id$" })
            await File.WriteAllTextAsync(Path.Combine(Client.Folder, file), content);
        await Client.CommitAsync("last", "last");

        await Client.PushAsync("main");

        Assert.That(Archived, Does.ContainKey("secret"));
        Assert.That(Archived["version"], Is.EqualTo("$Format:%H$"));
        Assert.That(Archived["text"], Is.EqualTo("a\nb\n"));
        Assert.That(Archived["id"], Is.EqualTo("$Id$"));
    }

    [Test]
    public async Task Attributes_that_are_a_link_are_refused_by_git()
    {
        var push = await PushTreeAsync(new TreeItem(Link, ".gitattributes", pack.Blob("/etc/passwd"u8)));

        Assert.That(push, Does.Contain("gitattributesSymlink"));
        Assert.That(Result, Is.Null);
    }

    [Test]
    public async Task A_bomb_of_trees_is_refused_before_it_is_unpacked()
    {
        var tree = pack.Tree([.. Enumerable.Range(0, 10).Select(number => TreeItem.File($"f{number}", pack.Blob("x"u8)))]);
        for (var level = 0; level < 9; level++)
            tree = pack.Tree([.. Enumerable.Range(0, 10).Select(number => TreeItem.Folder($"d{number}", tree))]);

        await PushTreeAsync(TreeItem.Folder("d", tree));

        Assert.That(Message(), Does.StartWith("SLUG2002"));
    }

    [Test]
    public async Task A_bomb_of_empty_folders_is_refused_too()
    {
        var tree = pack.Tree();
        for (var level = 0; level < 10; level++)
            tree = pack.Tree([.. Enumerable.Range(0, 10).Select(number => TreeItem.Folder($"d{number}", tree))]);

        await PushTreeAsync(TreeItem.Folder("d", tree));

        Assert.That(Message(), Does.StartWith("SLUG2002"));
    }

    [TestCase(250, null)]
    [TestCase(300, "SLUG2004")]
    [TestCase(3000, "SLUG2004")]
    public async Task A_tree_too_deep_is_refused(int depth, string? code)
    {
        await PushTreeAsync(TreeItem.Folder("d", Deep(depth)));

        Assert.That(Result is SourceResult.Refused(var message) ? message[..8] : null, Is.EqualTo(code));
    }

    [Test]
    public async Task A_tree_so_deep_that_git_falls_is_refused_and_the_service_goes_on()
    {
        var push = await PushTreeAsync(TreeItem.Folder("d", Deep(60_000)));

        Assert.That(push, Does.Not.Contain("ok refs/heads/main"));
        Assert.That((await Client.PushAsync("main:other")).ExitCode, Is.Zero);
    }

    [Test]
    public async Task A_name_that_no_file_system_holds_is_refused()
    {
        await PushTreeAsync(TreeItem.File(new string('n', 256), pack.Blob("x"u8)));

        Assert.That(Message(), Does.StartWith("SLUG2005"));
    }

    [Test]
    public async Task A_path_that_linux_cannot_open_is_refused()
    {
        var tree = pack.Tree(TreeItem.File("f", pack.Blob("x"u8)));
        for (var level = 0; level < 20; level++)
            tree = pack.Tree(TreeItem.Folder(new string('n', 250), tree));

        await PushTreeAsync(TreeItem.Folder("d", tree));

        Assert.That(Message(), Does.StartWith("SLUG2006"));
    }

    [Test]
    public async Task Files_that_are_too_large_are_refused()
    {
        Options.Bytes = 1000;

        await PushTreeAsync(TreeItem.File("zeros", pack.Blob(new byte[1001])));

        Assert.That(Message(), Does.StartWith("SLUG2003").And.Contain("'zeros'"));
    }

    [Test]
    public async Task Links_are_kept_wherever_they_lead()
    {
        await PushTreeAsync(new TreeItem(Link, "link", pack.Blob("../../etc/passwd"u8)));

        Assert.That(Archived["link"], Is.EqualTo("-> ../../etc/passwd"));
    }

    [Test]
    public async Task Names_with_control_characters_are_kept()
    {
        await PushTreeAsync(TreeItem.File("a\n\u001b[31m", pack.Blob("x"u8)));

        Assert.That(Archived, Does.ContainKey("a\n\u001b[31m"));
    }

    [Test]
    public async Task Submodules_are_named_in_a_warning()
    {
        await PushTreeAsync(new TreeItem(Gitlink, "vendor", new string('a', 40)));

        Assert.That(Result, Is.InstanceOf<SourceResult.Read>());
        Assert.That(((SourceResult.Read)Result!).Warnings, Is.EqualTo((string[])[((SourceResult.Read)Result).Warnings[0]]));
        Assert.That(((SourceResult.Read)Result).Warnings[0], Does.StartWith("SLUG2007: 'vendor' is a submodule"));
    }

    [Test]
    public async Task A_tag_on_a_deploy_branch_is_no_commit()
    {
        await Client.GitAsync("tag", "-a", "-m", "one", "v1");
        using var raw = new RawPush(Host, Client);
        var tag = (await Client.GitAsync("rev-parse", "v1")).Output.Trim();
        var objects = (await Client.GitAsync("rev-list", "--objects", "--no-object-names", "v1")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        await raw.SendAsync($"{ObjectId.Zero} {tag} refs/heads/main\0 report-status", [tag, .. objects]);

        Assert.That(Message(), Does.StartWith("SLUG2001"));
    }

    [Test]
    public async Task A_tree_that_is_known_is_not_counted_again()
    {
        await Client.PushAsync("main");
        var first = Source().Tally;
        await Client.GitAsync("commit", "-q", "--allow-empty", "-m", "again");

        await Client.PushAsync("main");

        Assert.That(Source().Tally, Is.SameAs(first));
    }

    private async Task<string> PushTreeAsync(params TreeItem[] items)
    {
        using var raw = new RawPush(Host, Client);
        var commit = pack.Commit(pack.Tree(items));
        var lines = await raw.SendAsync($"{ObjectId.Zero} {commit} refs/heads/main\0 report-status side-band-64k", pack.ToArray());
        return string.Concat(lines.Select(line => line.ToString()));
    }

    private string Deep(int depth)
    {
        var tree = pack.Tree(TreeItem.File("f", pack.Blob("x"u8)));
        for (var level = 0; level < depth; level++)
            tree = pack.Tree(TreeItem.Folder("d", tree));
        return tree;
    }
}
