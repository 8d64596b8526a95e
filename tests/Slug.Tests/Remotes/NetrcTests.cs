using Slug.Remotes;
using Slug.Tests.Commands;

namespace Slug.Tests.Remotes;

internal sealed class NetrcTests
{
    private const string Text = "machine a.example login me password one\nmachine b.example\n\tlogin you\n\tpassword two\n\taccount x\ndefault login all password three\n";

    [TestCase("a.example", "me", "one")]
    [TestCase("B.EXAMPLE", "you", "two")]
    [TestCase("c.example", "all", "three")]
    public void A_host_has_its_own_or_the_default(string host, string login, string password) =>
        Assert.That(new Netrc("netrc").Parse(Text, host), Is.EqualTo(new Credentials(login, password)));

    [Test]
    public void A_host_that_is_not_named_has_none() =>
        Assert.That(new Netrc("netrc").Parse("machine a.example login me password one", "sub.a.example"), Is.Null);

    [TestCase("machine a.example user me")]
    [TestCase("secret")]
    [TestCase("macdef init\ncd /\n")]
    [TestCase("machine")]
    public void Another_word_is_refused_and_not_shown(string text) =>
        Assert.That(() => new Netrc("/data/netrc").Parse(text, "x.example"), Throws.InstanceOf<RemoteException>().With.Message.Contains("SLUG2222").And.Message.Not.Contains("secret"));

    [Test]
    public async Task Without_a_file_there_are_none() =>
        Assert.That(await new Netrc("/nonexistent/netrc").FindAsync("a.example", CancellationToken.None), Is.Null);

    [TestCase(UnixFileMode.UserRead | UnixFileMode.UserWrite, true)]
    [TestCase(UnixFileMode.UserRead | UnixFileMode.GroupRead, false)]
    [TestCase(UnixFileMode.UserRead | UnixFileMode.OtherRead, false)]
    public async Task A_file_that_others_may_read_is_refused(UnixFileMode mode, bool good)
    {
        using var folder = new ScratchFolder();
        await File.WriteAllTextAsync(folder.In("netrc"), Text);
        File.SetUnixFileMode(folder.In("netrc"), mode);
        var netrc = new Netrc(folder.In("netrc"));

        if (good)
            Assert.That(await netrc.FindAsync("a.example", CancellationToken.None), Is.Not.Null);
        else
            Assert.That(() => netrc.FindAsync("a.example", CancellationToken.None), Throws.InstanceOf<RemoteException>().With.Message.Contains("SLUG2221").And.Message.Contains("chmod 600"));
    }
}
