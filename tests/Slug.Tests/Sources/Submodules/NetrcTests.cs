using System.Text;
using Slug.Sources.Submodules;

namespace Slug.Tests.Sources.Submodules;

public class NetrcTests
{
    private const string File =
        """
        # the house's own
        machine git.example.org login robot password s3cret#1
        machine other.example.org
            account x
            password p2
            login l2

        macdef init
        machine evil login a password b

        machine git.example.org login second password never
        """;

    [TestCase("git.example.org", "robot:s3cret#1")]
    [TestCase("GIT.example.org", "robot:s3cret#1")]
    [TestCase("other.example.org", "l2:p2")]
    [TestCase("evil", null)]
    [TestCase("example.org", null)]
    public void The_first_entry_of_a_host_is_its_own(string host, string? expected) =>
        Assert.That(Netrc.Parse(File).AuthorizationFor(host), Is.EqualTo(expected is null ? null : Basic(expected)));

    [Test]
    public void The_default_is_for_every_other_host() =>
        Assert.That(Netrc.Parse("machine a login x password y\ndefault login d password e").AuthorizationFor("b"), Is.EqualTo(Basic("d:e")));

    [TestCase("")]
    [TestCase("machine")]
    [TestCase("login x password y")]
    public void What_names_no_host_holds_nothing(string text) => Assert.That(Netrc.Parse(text).AuthorizationFor("a"), Is.Null);

    [Test]
    public void A_file_that_is_not_there_holds_nothing() => Assert.That(Netrc.Read("/nonexistent/netrc").AuthorizationFor("a"), Is.Null);

    [TestCase(UnixFileMode.UserRead | UnixFileMode.UserWrite, false)]
    [TestCase(UnixFileMode.UserRead | UnixFileMode.GroupRead, true)]
    [TestCase(UnixFileMode.UserRead | UnixFileMode.OtherRead, true)]
    public void A_file_that_others_may_read_is_known_by_its_mode(UnixFileMode mode, bool open)
    {
        var file = Path.GetTempFileName();
        System.IO.File.SetUnixFileMode(file, mode);

        Assert.That(Netrc.IsOpenToOthers(file), Is.EqualTo(open));
        System.IO.File.Delete(file);
    }

    private static string Basic(string pair) => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(pair))}";
}
