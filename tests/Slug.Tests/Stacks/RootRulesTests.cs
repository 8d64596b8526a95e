using System.Formats.Tar;
using Slug.Stacks;

namespace Slug.Tests.Stacks;

internal sealed class RootRulesTests
{
    [TestCase("var/log/dpkg.log")]
    [TestCase("var/cache/ldconfig/aux-cache")]
    [TestCase("var/cache/apt/pkgcache.bin")]
    [TestCase("var/lib/apt/lists/archive_InRelease")]
    [TestCase("var/lib/dpkg/status-old")]
    [TestCase("var/lib/dpkg/lock-frontend")]
    [TestCase("etc/machine-id")]
    [TestCase("etc/hostname")]
    [TestCase("etc/resolv.conf")]
    [TestCase("etc/passwd-")]
    [TestCase("etc/apt/apt.conf.d/00mmdebstrap")]
    [TestCase("dev/null")]
    [TestCase("tmp/left-over")]
    public void What_tells_of_the_machine_or_the_moment_is_left_out(string path) =>
        Assert.That(RootRules.Keep(path, TarEntryType.RegularFile), Is.False);

    [TestCase("etc/passwd")]
    [TestCase("etc/hosts.allow")]
    [TestCase("var/lib/dpkg/status")]
    [TestCase("usr/share/log/x")]
    [TestCase("etc/apt/sources.list.d/0000bookworm.sources")]
    public void What_packages_bring_stays(string path) =>
        Assert.That(RootRules.Keep(path, TarEntryType.RegularFile), Is.True);

    [TestCase("var/log/nginx")]
    [TestCase("var/cache/apt")]
    [TestCase("tmp")]
    [TestCase("dev")]
    public void Folders_stay_when_their_content_goes(string path) =>
        Assert.That(RootRules.Keep(path, TarEntryType.Directory), Is.True);

    [TestCase(TarEntryType.CharacterDevice)]
    [TestCase(TarEntryType.BlockDevice)]
    [TestCase(TarEntryType.Fifo)]
    public void Devices_and_pipes_are_left_out(TarEntryType type) =>
        Assert.That(RootRules.Keep("usr/lib/x", type), Is.False);

    [Test]
    public void A_program_loses_the_bits_that_lend_rights_and_a_folder_keeps_them()
    {
        const UnixFileMode setUser = Modes.Executable | UnixFileMode.SetUser;

        Assert.That(RootRules.Clean(RootEntry.File("usr/bin/su", setUser, RootContent.Of([]))).Mode, Is.EqualTo(Modes.Executable));
        Assert.That(RootRules.Clean(RootEntry.Directory("var/mail", setUser)).Mode, Is.EqualTo(setUser));
    }

    [TestCase("/usr/share/doc/bash/README", true)]
    [TestCase("/usr/share/doc/bash/copyright", false)]
    [TestCase("/usr/share/docs", false)]
    public void Paths_follow_the_rules_of_dpkg(string path, bool leftOut) =>
        Assert.That(SampleStack.Definition.Paths.LeavesOut(path), Is.EqualTo(leftOut));
}
