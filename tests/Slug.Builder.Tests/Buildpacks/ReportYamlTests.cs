using Slug.Builder.Buildpacks;

namespace Slug.Builder.Tests.Buildpacks;

internal sealed class ReportYamlTests
{
    [Test]
    public void Values_are_text_whatever_they_look_like() =>
        Assert.That(
            ReportYaml.Read("---\nversion: 1.10\nok: true\nquoted: 'a: b'\nnone:\n"),
            Is.EqualTo(new Dictionary<string, string> { ["version"] = "1.10", ["ok"] = "true", ["quoted"] = "a: b", ["none"] = "" }));

    [Test]
    public void What_is_not_flat_is_left_out() =>
        Assert.That(ReportYaml.Read("a: 1\nlist: [1, 2]\nmap: {b: 2}\n? [odd]\n: 3\n"), Is.EqualTo(new Dictionary<string, string> { ["a"] = "1" }));

    [TestCase("")]
    [TestCase("---")]
    [TestCase("just words")]
    [TestCase("- a\n- b\n")]
    [TestCase("a: 1\na: 2\n")]
    [TestCase("a: \"open")]
    public void What_is_no_report_is_none(string text) => Assert.That(ReportYaml.Read(text), Is.Empty);

    [Test]
    public void It_is_no_place_to_keep_things() =>
        Assert.That(
            ReportYaml.Read($"long: {new string('x', ReportYaml.LongestText + 1)}\n" + string.Concat(Enumerable.Range(0, 1000).Select(number => $"k{number}: v\n"))),
            Has.Count.EqualTo(ReportYaml.MostValues).And.Not.ContainKey("long"));
}
