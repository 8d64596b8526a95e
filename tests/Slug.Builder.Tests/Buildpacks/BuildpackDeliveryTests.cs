using Slug.Builder.Buildpacks;

namespace Slug.Builder.Tests.Buildpacks;

internal sealed class BuildpackDeliveryTests
{
    [TestCase("nodejs")]
    [TestCase("my-own_1.2")]
    public void A_plain_name_is_a_folder(string name) => Assert.That(BuildpackDelivery.FolderOf(name), Is.EqualTo(name));

    [TestCase("https://example.org/heroku/buildpack.git#v1", "https_example.org_heroku_buildpack.git_v1-")]
    [TestCase("./buildpacks/own", "buildpacks_own-")]
    [TestCase(".", "-")]
    [TestCase("..", "-")]
    public void An_address_becomes_a_folder_that_a_PATH_can_hold(string name, string start) =>
        Assert.That(BuildpackDelivery.FolderOf(name), Does.StartWith(start).And.Match("-[0-9a-f]{8}$").And.Not.Contain(":").And.Not.Contain("/"));

    [Test]
    public void Two_addresses_are_two_folders() =>
        Assert.That(BuildpackDelivery.FolderOf("./a/b"), Is.Not.EqualTo(BuildpackDelivery.FolderOf("./a_b")).And.Not.EqualTo("a_b"));
}
