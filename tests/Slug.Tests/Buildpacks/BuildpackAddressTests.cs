using Slug.Buildpacks;

namespace Slug.Tests.Buildpacks;

internal sealed class BuildpackAddressTests
{
    [TestCase("nodejs", "BuiltIn", "nodejs")]
    [TestCase("heroku/nodejs", "BuiltIn", "nodejs")]
    [TestCase("./own", "Folder", "./own")]
    [TestCase("./a//b/./c/", "Folder", "./a/b/c")]
    [TestCase(".", "Folder", ".")]
    [TestCase("./", "Folder", ".")]
    [TestCase("https://example.org/buildpack", "Git", "https://example.org/buildpack")]
    [TestCase("https://example.org/buildpack.git#", "Git", "https://example.org/buildpack.git")]
    [TestCase("https://example.org/buildpack.git#v1.2", "Git", "https://example.org/buildpack.git#v1.2")]
    [TestCase("https://me:secret@example.org/b.git#feature/x", "Git", "https://…@example.org/b.git#feature/x")]
    [TestCase("https://example.org/b.tgz", "Archive", "https://example.org/b.tgz")]
    [TestCase("https://example.org/b.tar.gz?token=secret", "Archive", "https://example.org/b.tar.gz?…")]
    [TestCase("http://example.org/B.TGZ", "Archive", "http://example.org/B.TGZ")]
    public void It_has_one_of_four_forms(string text, string kind, string shown)
    {
        var address = BuildpackAddress.Parse(text);
        Assert.That(address.GetType().Name, Is.EqualTo(kind));
        Assert.That(address.ToString(), Is.EqualTo(shown));
    }

    [TestCase("")]
    [TestCase("two words")]
    [TestCase("a\tb")]
    [TestCase("Nodejs")]
    [TestCase("acme/nodejs")]
    [TestCase("../other")]
    [TestCase("./../other")]
    [TestCase("./a/../../b")]
    [TestCase("/etc")]
    [TestCase("file:///etc")]
    [TestCase("git://example.org/b")]
    [TestCase("ssh://git@example.org/b")]
    [TestCase("git@example.org:b.git")]
    [TestCase("ext::sh -c id")]
    [TestCase("-upload-pack=id")]
    [TestCase("https://example.org/b.git#--upload-pack=id")]
    [TestCase("https://example.org/b.git#*")]
    [TestCase("https://example.org/b.git#a b")]
    [TestCase("https://example.org/b.tgz#v1")]
    public void Anything_else_is_refused(string text) =>
        Assert.That(() => BuildpackAddress.Parse(text), Throws.InstanceOf<BuildpackException>().With.Message.StartsWith("SLUG2200: "));

    [TestCase("ftp://me:secret@example.org/b")]
    [TestCase("https://me:secret@")]
    [TestCase("https://me:secret@example.org/b#-x")]
    public void What_is_refused_keeps_its_password_to_itself(string text) =>
        Assert.That(() => BuildpackAddress.Parse(text), Throws.InstanceOf<BuildpackException>().With.Message.Not.Contains("secret"));
}
