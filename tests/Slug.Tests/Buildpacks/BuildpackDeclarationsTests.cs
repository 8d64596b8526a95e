using Slug.Buildpacks;

namespace Slug.Tests.Buildpacks;

internal sealed class BuildpackDeclarationsTests
{
    [TestCase("{}")]
    [TestCase("[]")]
    [TestCase("{\"name\": \"x\"}")]
    [TestCase("{\"buildpacks\": []}")]
    [TestCase("{\"buildpacks\": null}")]
    [TestCase("{\"expo\": {\"name\": \"x\"}}")]
    public void An_app_json_without_buildpacks_does_not_choose(string json) => Assert.That(BuildpackDeclarations.OfAppJson(json), Is.Empty);

    [Test]
    public void An_app_json_names_them_as_text_or_by_url() =>
        Assert.That(
            BuildpackDeclarations.OfAppJson("""{"buildpacks": ["nodejs", {"url": "https://example.org/b#v1"}, {"url": " ./own "},]} // end"""),
            Is.EqualTo((string[])["nodejs", "https://example.org/b#v1", "./own"]));

    [TestCase("{\"buildpacks\": \"nodejs\"}", "string")]
    [TestCase("{\"buildpacks\": [1]}", "number")]
    [TestCase("{\"buildpacks\": [{\"name\": \"x\"}]}", "object")]
    [TestCase("{\"buildpacks\": {\"url\": \"https://me:secret@example.org\"}}", "object")]
    public void A_list_of_another_form_is_refused(string json, string found) =>
        Assert.That(() => BuildpackDeclarations.OfAppJson(json), Throws.InstanceOf<BuildpackException>().With.Message.Contains($"SLUG2203: 'buildpacks' in app.json holds '{found}'"));

    [Test]
    public void What_is_no_JSON_is_refused_with_its_place() =>
        Assert.That(() => BuildpackDeclarations.OfAppJson("{\n  \"buildpacks\": [\n"), Throws.InstanceOf<BuildpackException>().With.Message.Contains("SLUG2202").And.Message.Contains("LineNumber"));

    [Test]
    public void A_list_has_a_word_for_each() =>
        Assert.That(
            BuildpackDeclarations.OfDotBuildpacks("# first\nhttps://example.org/a#v1  nodejs\r\n\n  # second\n./own\n"),
            Is.EqualTo((string[])["https://example.org/a#v1", "nodejs", "./own"]));

    [TestCase("")]
    [TestCase("\n \n")]
    [TestCase("# nothing\n")]
    public void An_empty_list_does_not_choose(string text) => Assert.That(BuildpackDeclarations.OfDotBuildpacks(text), Is.Empty);
}
