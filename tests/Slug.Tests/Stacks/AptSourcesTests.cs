using Slug.Stacks;

namespace Slug.Tests.Stacks;

internal sealed class AptSourcesTests
{
    private string folder = "";

    [SetUp]
    public void MakeFolder() => Directory.CreateDirectory(Path.Combine(folder = Directory.CreateTempSubdirectory("slug-apt-").FullName, "sources.list.d"));

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void A_stanza_keeps_the_suites_of_the_release_and_the_components_of_the_stack()
    {
        Write("sources.list.d/debian.sources", """
            # The mirror in the house
            Types: deb deb-src
            URIs: http://mirror.example/debian
            Suites: bookworm bookworm-updates bookworm-backports trixie
            Components: main contrib
            Signed-By: /usr/share/keyrings/house.gpg
            """);

        Assert.That(Stanzas(), Is.EqualTo("""
            Types: deb
            URIs: http://mirror.example/debian
            Suites: bookworm bookworm-updates
            Components: main
            Signed-By: /usr/share/keyrings/house.gpg

            """));
    }

    [Test]
    public void A_one_line_entry_keeps_its_options()
    {
        Write("sources.list", """
            # deb http://old.example/debian bookworm main
            deb [arch=amd64,arm64 signed-by=/k.gpg lang=en] http://mirror.example/debian bookworm main non-free # ours
            deb-src http://mirror.example/debian bookworm main
            """);

        Assert.That(Stanzas(), Is.EqualTo("""
            Types: deb
            URIs: http://mirror.example/debian
            Suites: bookworm
            Components: main
            Architectures: amd64 arm64
            Signed-By: /k.gpg

            """));
    }

    [TestCase("deb http://other.example/apt stable main")]
    [TestCase("deb http://other.example/apt bookworm-pgdg main")]
    [TestCase("deb http://other.example/docker bookworm stable")]
    [TestCase("deb http://other.example/flat ./")]
    [TestCase("nonsense")]
    public void Archives_of_something_else_are_left_out(string line)
    {
        Write("sources.list", line);

        Assert.That(Stanzas(), Is.Empty);
    }

    [Test]
    public void A_disabled_stanza_and_a_file_that_apt_ignores_are_left_out()
    {
        Write("sources.list.d/off.sources", "Types: deb\nURIs: http://a.example\nSuites: bookworm\nComponents: main\nEnabled: no\n");
        Write("sources.list.d/old.sources.disabled", "Types: deb\nURIs: http://b.example\nSuites: bookworm\nComponents: main\n");

        Assert.That(Stanzas(), Is.Empty);
    }

    [Test]
    public void A_key_that_lies_in_the_stanza_stays_whole()
    {
        Write("sources.list.d/own.sources",
            "Types: deb\nURIs: http://a.example\nSuites: bookworm\nComponents: main\nSigned-By:\n -----BEGIN-----\n .\n abc=\n -----END-----\n");

        Assert.That(Stanzas(), Does.EndWith("Signed-By: \n -----BEGIN-----\n .\n abc=\n -----END-----\n"));
    }

    [Test]
    public void Security_updates_come_along_and_the_same_entry_twice_counts_once()
    {
        Write("sources.list", "deb http://s.example bookworm-security main\ndeb http://s.example bookworm-security main\n");

        Assert.That(Stanzas().Split("Types:"), Has.Length.EqualTo(2));
    }

    [Test]
    public void A_machine_without_apt_has_no_sources()
    {
        Directory.Delete(Path.Combine(folder, "sources.list.d"));

        Assert.That(Stanzas(), Is.Empty);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);

    private string Stanzas() => AptSources.StanzasFor(AptSources.ReadFrom(folder), SampleStack.Definition);
}
