using Slug.Commands;
using Slug.Commands.Services;
using Slug.Hosting;

namespace Slug.Tests.Commands.Services;

internal sealed class ServiceAddressTests
{
    private static readonly DataDirectory nowhere = new("/no/such/directory");

    [Test]
    public void A_service_elsewhere_comes_with_the_environment()
    {
        var address = ServiceAddress.Find(nowhere, name => name == "SLUG_URL" ? "https://slug.example.org/base" : "slg_x");
        Assert.That(address, Is.EqualTo(new ServiceAddress { Url = new("https://slug.example.org/base/"), Token = "slg_x" }));
        Assert.That(address.RepositoryOf("hello"), Is.EqualTo(new Uri("https://slug.example.org/base/hello.git")));
    }

    [Test]
    public void A_service_elsewhere_needs_a_token() =>
        Assert.That(
            () => ServiceAddress.Find(nowhere, name => name == "SLUG_URL" ? "https://slug.example.org" : null),
            Throws.TypeOf<CommandException>().With.Message.StartsWith("SLUG8012: ").And.Property("ExitCode").EqualTo(ExitCode.UsageError));

    [TestCase("slug.example.org")]
    [TestCase("ftp://slug.example.org")]
    public void An_address_that_is_none_is_quoted(string url) =>
        Assert.That(
            () => ServiceAddress.Find(nowhere, name => name == "SLUG_URL" ? url : "slg_x"),
            Throws.TypeOf<CommandException>().With.Message.StartsWith($"SLUG8011: SLUG_URL is '{url}'"));
}
