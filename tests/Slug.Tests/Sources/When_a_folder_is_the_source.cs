using Slug.Apps;

namespace Slug.Tests.Sources;

[CancelAfter(60_000)]
internal sealed class When_a_folder_is_the_source : SourceSituation
{
    [SetUp]
    public async Task Fill()
    {
        await Client.CommitAsync("apps/web/index.html", "web");
        await Client.CommitAsync("apps/api/main.py", "api");
    }

    [Test]
    public async Task A_push_option_names_it()
    {
        var push = await Client.PushAsync("-o", "dir=apps/web", "main");

        Assert.That(push.ExitCode, Is.Zero, push.Error);
        Assert.That(Archived.Keys, Is.EqualTo((string[])["index.html"]));
        Assert.That(Source().Tree.ToString(), Is.EqualTo((await Client.GitAsync("rev-parse", "HEAD:apps/web")).Output.Trim()));
        Assert.That(Source().Tally.Entries, Is.EqualTo(1));
        Assert.That(Source().Commit.ToString(), Is.EqualTo(await Client.HeadAsync()));
    }

    [Test]
    public async Task It_stays_the_same_source_while_only_its_neighbours_change()
    {
        await Client.PushAsync("-o", "dir=apps/web", "main");
        var (tree, made) = (Source().Tree, Source().MadeCommit);
        await Client.CommitAsync("apps/api/main.py", "changed");

        await Client.PushAsync("-o", "dir=apps/web", "main");

        Assert.That(Source(), Has.Property("Tree").EqualTo(tree).And.Property("MadeCommit").EqualTo(made));
    }

    [Test]
    public async Task The_apps_own_setting_holds_where_a_push_says_nothing()
    {
        var app = await Host.Apps.FindOrCreateAsync(AppName.Parse("sample"), "tests", CancellationToken.None);
        await Host.Apps.SetFolderAsync(app, SourceFolder.Parse("apps/api"), "tests", CancellationToken.None);

        await Client.PushAsync("main");
        Assert.That(Archived.Keys, Is.EqualTo((string[])["main.py"]));

        await Client.GitAsync("commit", "-q", "--allow-empty", "-m", "again");
        await Client.PushAsync("-o", "dir=.", "main");
        Assert.That(Archived, Does.ContainKey("apps/web/index.html"));
    }

    [TestCase("apps/nothing", "SLUG2301")]
    [TestCase("apps/web/index.html", "SLUG2302")]
    [TestCase(":(glob)*", "SLUG2301")]
    public async Task One_that_is_no_folder_is_refused(string folder, string code)
    {
        await Client.PushAsync("-o", $"dir={folder}", "main");

        Assert.That(Message(), Does.StartWith(code).And.Contains($"'{folder}'"));
    }

    [Test]
    public async Task One_that_leads_outside_is_refused_before_anything_is_read()
    {
        var push = await Client.PushAsync("-o", "dir=apps/../..", "main");

        Assert.That(push.ExitCode, Is.Not.Zero);
        Assert.That(push.Error, Does.Contain("SLUG1302"));
        Assert.That(Result, Is.Null);
    }

    [Test]
    public async Task An_option_that_nobody_knows_is_refused()
    {
        Assert.That((await Client.PushAsync("-o", "ci.skip", "main")).Error, Does.Contain("SLUG1301").And.Contain("'ci.skip'"));
    }
}
