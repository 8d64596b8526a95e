using Slug.Stacks;

namespace Slug.Tests.Stacks;

internal sealed class StackFileTests
{
    private const string Small = """
        name: small
        suite: bookworm
        stands-in-for: heroku-22
        user: { name: slug, uid: 1000, home: /app }
        run: [bash, curl]
        build: [gcc]
        """;

    [Test]
    public void A_definition_is_read_with_its_defaults()
    {
        var definition = StackFile.Parse(Small, "small.yml");

        Assert.That(definition.Name, Is.EqualTo("small"));
        Assert.That(definition.Components, Is.EqualTo(["main"]));
        Assert.That(definition.User, Is.EqualTo(new StackUser("slug", 1000, "/app")));
        Assert.That(definition.RunPackages, Is.EqualTo(["bash", "curl"]));
        Assert.That(definition.HostDotnetSdk, Is.False);
    }

    [Test]
    public void Every_mistake_is_told_at_once()
    {
        const string wrong = """
            name: Small Stack
            suite: bookworm
            stands-in-for: heroku-22
            user: { name: slug, uid: 0, home: app }
            run: [bash, "curl; rm -rf /"]
            exclude: [usr/share/man]
            dotnet-sdk: 9.0
            """;

        Assert.That(() => StackFile.Parse(wrong, "small.yml"), Throws.InstanceOf<StackException>()
            .With.Message.StartsWith("SLUG7101: 'small.yml'")
            .And.Message.Contains("'Small Stack'")
            .And.Message.Contains("uid from 1")
            .And.Message.Contains("'curl; rm -rf /'")
            .And.Message.Contains("'usr/share/man'")
            .And.Message.Contains("'9.0'"));
    }

    [TestCase("color: red", "color")]
    [TestCase("suite: trixie", "suite")]
    [TestCase("\t- x", "line")]
    public void An_unknown_key_a_second_one_and_bad_YAML_are_refused(string line, string told) =>
        Assert.That(() => StackFile.Parse(Small + "\n" + line, "small.yml"), Throws.InstanceOf<StackException>()
            .With.Message.StartsWith("SLUG7101").And.Message.Contains(told));

    [Test]
    public void An_empty_file_is_refused() =>
        Assert.That(() => StackFile.Parse("", "small.yml"), Throws.InstanceOf<StackException>().With.Message.Contains("run lists no package"));

    [Test]
    public void The_digest_names_what_is_made_and_not_how_it_is_written()
    {
        var digest = StackFile.Parse(Small, "a").DigestWith(null);

        Assert.That(StackFile.Parse("# words\n" + Small.Replace("[bash, curl]", "[curl, bash]"), "b").DigestWith(null), Is.EqualTo(digest));
        Assert.That(StackFile.Parse(Small.Replace("gcc", "g++"), "c").DigestWith(null), Is.Not.EqualTo(digest));
        Assert.That(StackFile.Parse(Small, "d").DigestWith("10.0.401"), Is.Not.EqualTo(digest));
    }

    [Test]
    public void A_package_counts_as_what_it_is_listed_for()
    {
        var moved = Small.Replace("[bash, curl]", "[bash]").Replace("[gcc]", "[gcc, curl]");

        Assert.That(StackFile.Parse(moved, "a").DigestWith(null), Is.Not.EqualTo(StackFile.Parse(Small, "b").DigestWith(null)));
    }
}
