using System.IO.Compression;
using Slug.Commands.Checks;

namespace Slug.Tests.Commands.Checks;

internal sealed class KnownHolesTests
{
    private const string Nowhere = "/no/such/folder";

    [TestCase("2.56.1", Verdict.Ok)]
    [TestCase("2.57.0", Verdict.Ok)]
    [TestCase("2.51.3", Verdict.Ok)]
    [TestCase("2.50.4", Verdict.Ok)]
    [TestCase("2.51.2", Verdict.Unsafe)]
    [TestCase("2.53.9", Verdict.Unsafe)]
    [TestCase("2.39.5", Verdict.Unsafe)]
    public void A_version_is_held_against_the_fixes_of_its_branch(string version, Verdict verdict) =>
        Assert.That(KnownHoles.Git.Judge("git", version, Nowhere).Verdict, Is.EqualTo(verdict));

    [TestCase("1.1.5+ds1", Verdict.Unsafe)]
    [TestCase("1.2.8", Verdict.Ok)]
    [TestCase("1.3.3", Verdict.Ok)]
    public void Runc_is_judged_by_its_first_number(string version, Verdict verdict) =>
        Assert.That(KnownHoles.Runc.Judge("runc", version, Nowhere).Verdict, Is.EqualTo(verdict));

    [Test]
    public void Debians_changelog_tells_of_a_fix_in_an_older_version()
    {
        using var folder = new ScratchFolder();
        Directory.CreateDirectory(folder.In("git"));
        using (var changelog = new StreamWriter(new GZipStream(File.Create(folder.In("git/changelog.Debian.gz")), CompressionLevel.Fastest)))
            changelog.Write($"git (1:2.39.5-0+deb12u9) bookworm-security\n  * {string.Join("\n  * ", KnownHoles.Git.Names)}\n");
        Assert.That(KnownHoles.Git.Judge("git", "2.39.5", folder.Path).Verdict, Is.EqualTo(Verdict.Ok));
    }

    [Test]
    public void What_is_unsafe_is_named_with_the_way_to_mend_it() =>
        Assert.That(KnownHoles.Runc.Judge("runc", "1.1.5", Nowhere).Mend, Does.Contain("CVE-2025-31133").And.Contain("apt-get install --only-upgrade runc"));

    [TestCase("3.40.1", Verdict.Unsafe)]
    [TestCase("3.51.3", Verdict.Ok)]
    public void SQLite_is_told_with_what_holds_its_hole_off(string version, Verdict verdict) =>
        Assert.That(LibraryChecks.JudgeSqlite("SQLite", version).Verdict, Is.EqualTo(verdict));
}
