using Slug.Sources.Submodules;

namespace Slug.Tests.Sources.Submodules;

public class GitModulesTests
{
    [Test]
    public void A_path_is_found_by_its_submodules_name()
    {
        var modules = GitModules.Read("submodule.a.path\nlibs/a\0submodule.a.url\n../a.git\0submodule.b.c.url\nhttps://host/b\0submodule.b.c.path\nlibs/b\0");

        Assert.That(modules.UrlOf("libs/a"), Is.EqualTo("../a.git"));
        Assert.That(modules.UrlOf("libs/b"), Is.EqualTo("https://host/b"));
        Assert.That(modules.UrlOf("a"), Is.Null);
    }

    [Test]
    public void Of_two_values_the_last_one_holds() =>
        Assert.That(GitModules.Read("submodule.a.path\np\0submodule.a.url\nfirst\0submodule.a.url\nsecond\0").UrlOf("p"), Is.EqualTo("second"));

    [Test]
    public void Values_keep_their_line_ends() =>
        Assert.That(GitModules.Read("submodule.a.path\nx\ny\0submodule.a.url\nu\0").UrlOf("x\ny"), Is.EqualTo("u"));

    [TestCase("")]
    [TestCase("submodule.a.path\np\0")]
    [TestCase("submodule.a.url\nu\0")]
    [TestCase("submodule.a.path\0submodule.a.url\nu\0")]
    [TestCase("core.path\np\0core.url\nu\0")]
    public void What_has_no_path_or_no_url_is_no_submodule(string list) => Assert.That(GitModules.Read(list).UrlOf("p"), Is.Null);
}
