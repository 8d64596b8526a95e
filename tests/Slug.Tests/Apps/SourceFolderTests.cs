using Slug.Apps;

namespace Slug.Tests.Apps;

public class SourceFolderTests
{
    [TestCase("apps/web", "apps/web")]
    [TestCase("apps/web/", "apps/web")]
    [TestCase("./apps//web/.", "apps/web")]
    [TestCase("/apps", "apps")]
    [TestCase("with space/ä", "with space/ä")]
    [TestCase("a/..b", "a/..b")]
    [TestCase(":(top)x", ":(top)x")]
    public void A_folder_is_a_path_in_the_repository(string text, string path) =>
        Assert.That(SourceFolder.Parse(text).Path, Is.EqualTo(path));

    [TestCase("")]
    [TestCase(".")]
    [TestCase("/")]
    [TestCase("./.")]
    public void The_whole_repository_has_several_names(string text) =>
        Assert.That(SourceFolder.Parse(text), Has.Property("IsWhole").True.And.Property("Path").Empty);

    [TestCase("..")]
    [TestCase("../x")]
    [TestCase("a/../b")]
    [TestCase("a\nb")]
    [TestCase("a\0b")]
    public void What_leads_outside_or_would_break_a_line_is_none(string text) =>
        Assert.That(SourceFolder.TryParse(text, null, out _), Is.False);

    [Test]
    public void A_path_beyond_all_measure_is_none() =>
        Assert.That(SourceFolder.TryParse(new string('a', 1001), null, out _), Is.False);
}
