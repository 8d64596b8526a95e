using System.Text;
using Slug.Commands;
using Slug.Commands.Images;

namespace Slug.Tests.Commands.Images;

public class ImageReferenceTests
{
    [TestCase("registry.example.org/team/hello:v1", "registry.example.org", "team/hello", "v1")]
    [TestCase("127.0.0.1:5000/hello", "127.0.0.1:5000", "hello", null)]
    [TestCase("localhost/hello", "localhost", "hello", null)]
    [TestCase("[::1]:5000/a/b__c.d-e:Stable_1", "[::1]:5000", "a/b__c.d-e", "Stable_1")]
    public void A_reference_has_a_host_a_name_and_perhaps_a_tag(string text, string host, string name, string? tag)
    {
        Assert.That(ImageReference.TryParse(text, out var image), Is.True);
        Assert.That(image, Is.EqualTo(new ImageReference(host, name, tag)));
        Assert.That(image!.ToString(), Is.EqualTo(text));
    }

    [TestCase("hello")]
    [TestCase("team/hello:v1")]
    [TestCase("registry.example.org/Team/hello")]
    [TestCase("registry.example.org/hello@sha256:0000000000000000000000000000000000000000000000000000000000000000")]
    [TestCase("https://registry.example.org/hello")]
    [TestCase("registry.example.org/")]
    [TestCase("registry.example.org/../hello")]
    [TestCase("registry.example.org/hello:")]
    [TestCase("registry.example.org/hello\n")]
    public void What_names_no_registry_or_nothing_in_it_is_refused(string text) => Assert.That(ImageReference.TryParse(text, out _), Is.False);

    [Test]
    public void Docker_Hub_answers_elsewhere_than_its_name_says()
    {
        Assert.That(ImageReference.TryParse("docker.io/team/hello", out var image), Is.True);
        Assert.That(image!.Endpoint, Is.EqualTo("registry-1.docker.io"));
    }

    [Test]
    public void What_docker_login_left_is_found_under_the_registry_s_name()
    {
        using var folder = new ScratchFolder();
        var auth = Convert.ToBase64String(Encoding.UTF8.GetBytes("ann:secret"));
        Assert.That(Login(folder, $$"""{ "auths": { "other:5000": {}, "https://registry.example.org": { "auth": "{{auth}}" } } }"""), Is.EqualTo($"Basic {auth}"));
        Assert.That(Login(folder, """{ "auths": { "registry.example.org": {} } }"""), Is.Null);
        Assert.That(Login(folder, "{}"), Is.Null);
        File.Delete(folder.In("config.json"));
        Assert.That(Login(folder, null), Is.Null);
    }

    [TestCase("""{ "credsStore": "desktop" }""", "SLUG4127")]
    [TestCase("""{ "credHelpers": { "registry.example.org": "pass" } }""", "SLUG4127")]
    [TestCase("""not json""", "SLUG4126")]
    [TestCase("""{ "auths": { "registry.example.org": { "auth": 7 } } }""", "SLUG4126")]
    public void Logins_that_cannot_be_read_are_named_with_the_way_out(string config, string code)
    {
        using var folder = new ScratchFolder();
        Assert.That(() => Login(folder, config), Throws.TypeOf<CommandException>().With.Message.StartsWith(code).And.Message.Contains("--password-stdin"));
    }

    private static string? Login(ScratchFolder folder, string? config)
    {
        var file = folder.In("config.json");
        if (config is not null)
            File.WriteAllText(file, config);
        return DockerLogins.Read(file, new("registry.example.org", "hello", null))?.ToString();
    }
}
