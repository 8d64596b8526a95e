using Slug.Builder.Processes;
using Slug.Builder.Tests.Support;
using Slug.Content.Wire;

namespace Slug.Builder.Tests.Processes;

internal sealed class ProcfileTests
{
    [TestCase("web: node server.js", "web=node server.js")]
    [TestCase("web:node", "web=node")]
    [TestCase("  web  :  node  \r\n", "web=node")]
    [TestCase("web: a: b", "web=a: b")]
    [TestCase("web: \"quoted\"", "web=\"quoted\"")]
    [TestCase("# comment\n\n  # another\nweb: a\n", "web=a")]
    [TestCase("worker_2-x: b\nweb: a", "web=a|worker_2-x=b")]
    [TestCase("web: a # not a comment", "web=a # not a comment")]
    [TestCase("\uFEFFweb: a", "web=a")]
    [TestCase("", "")]
    public void Lines_become_process_types(string text, string types)
    {
        using var folder = new TemporaryFolder();
        folder.Write("Procfile", text);

        Assert.That(Procfile.Read(folder.Path).Ends(out _, out var processes), Is.False);
        Assert.That(string.Join('|', processes!.Select(type => $"{type.Key}={type.Value}")), Is.EqualTo(types));
    }

    [TestCase("web: a\n\nworker", "line 3: 'worker' has no colon")]
    [TestCase("web: a\nweb: b", "line 2: 'web' is there twice")]
    [TestCase("my app: a", "line 1: 'my app' is not a process type's name")]
    [TestCase(": a", "line 1: '' is not a process type's name")]
    [TestCase("web:", "line 1: 'web' has no command")]
    [TestCase("wéb: a", "line 1: 'wéb' is not a process type's name")]
    public void A_mistake_names_its_line(string text, string mistake)
    {
        Assert.That(Procfile.Parse(text).Ends(out var ending, out _));
        Assert.That(((BuildOutcome.Failed)ending!).Message, Does.Contain(mistake));
    }

    [TestCase(128, false)]
    [TestCase(129, true)]
    public void A_name_has_at_most_128_letters(int length, bool refused) =>
        Assert.That(Procfile.Parse(new string('a', length) + ": x").Ends(out _, out _), Is.EqualTo(refused));

    [Test]
    public void Without_a_Procfile_there_are_no_types()
    {
        using var folder = new TemporaryFolder();

        Assert.That(Procfile.Read(folder.Path).Ends(out _, out var processes), Is.False);
        Assert.That(processes!.ToString(), Is.EqualTo("(none)"));
    }

    [Test]
    public void One_that_is_too_large_is_refused()
    {
        using var folder = new TemporaryFolder();
        folder.Write("Procfile", new string('#', 100_001));

        Assert.That(Procfile.Read(folder.Path).Ends(out var ending, out _));
        Assert.That(((BuildOutcome.Failed)ending!).Message, Does.Contain("100001 bytes, more than 100000"));
    }
}
