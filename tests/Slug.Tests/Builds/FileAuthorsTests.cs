using Slug.Builds;
using Slug.Content.Wire;

namespace Slug.Tests.Builds;

public class FileAuthorsTests
{
    private readonly FileAuthors authors = new();

    [Test]
    public void A_file_is_of_the_phase_and_the_program_that_wrote_it()
    {
        Add("lib/a", new(BuildPhase.Compile, "bin/compile of nodejs"));
        Add(".slug/launch", new(BuildPhase.Release));

        Assert.That(authors.PhaseOf("lib/a"), Is.EqualTo("compile (bin/compile of nodejs)"));
        Assert.That(authors.PhaseOf(".slug/launch"), Is.EqualTo("release"));
        Assert.That(authors.PhaseOf("of the droplet alone"), Is.EqualTo("none"));
    }

    [Test]
    public void Of_a_file_that_is_told_twice_the_later_holds()
    {
        Add("a", new(BuildPhase.Fetch));
        Add("a", new(BuildPhase.Compile));
        Assert.That(authors.PhaseOf("a"), Is.EqualTo("compile"));
    }

    [Test]
    public void What_no_honest_builder_says_is_left_out_or_made_harmless()
    {
        Add(null!, new(BuildPhase.Compile));
        Add("nobody", null!);
        Add("no phase of ours", new((BuildPhase)1234));
        Add("long", new(BuildPhase.Compile, new string('x', 10_000)));
        Add("steers", new(BuildPhase.Compile, "bin/compile of \e[2Jme"));

        Assert.That(((string[])["nobody", "no phase of ours", "long"]).Select(authors.PhaseOf), Is.All.EqualTo("none"));
        Assert.That(authors.PhaseOf("steers"), Does.Contain("\\u001b[2Jme"));
    }

    [Test, CancelAfter(60_000)]
    public void Names_beyond_all_measure_are_not_kept()
    {
        var name = new string('n', 60_000);
        for (var i = 0; i < 1200; i++)
            Add($"{name}{i}", new(BuildPhase.Fetch));

        Assert.That(authors.PhaseOf($"{name}0"), Is.EqualTo("fetch"));
        Assert.That(authors.PhaseOf($"{name}1199"), Is.EqualTo("none"));
    }

    private void Add(string path, FileAuthor author) => authors.Add(new(path, author));
}
