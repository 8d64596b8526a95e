using Slug.Apps;
using Slug.Content;
using Slug.Hosting;
using Slug.Tests.Commands;

namespace Slug.Tests.Apps;

public class ConfigKeyTests
{
    private static readonly Guid app = Guid.NewGuid();

    private ScratchFolder folder = null!;
    private DataDirectory data = null!;
    private ConfigKey key = null!;

    [SetUp]
    public void MakeKey()
    {
        folder = new();
        data = new(folder.Path);
        key = new(data);
        key.Make();
    }

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [TestCase("")]
    [TestCase("postgres://user:pass@host/db")]
    [TestCase("two\nlines, ü and 🐌")]
    public void What_was_sealed_opens(string value) =>
        Assert.That(new ConfigKey(data).Open(app, "NAME", key.Seal(app, "NAME", value)), Is.EqualTo(value));

    [Test]
    public void The_same_value_is_sealed_differently_each_time() =>
        Assert.That(Enumerable.Range(0, 10).Select(_ => key.Seal(app, "NAME", "value")), Is.Unique);

    [Test]
    public void A_value_moved_to_another_name_or_app_does_not_open()
    {
        var text = key.Seal(app, "NAME", "value");
        Assert.That(() => key.Open(app, "OTHER", text), Throws.TypeOf<InvalidDataDirectoryException>().With.Message.Contains("SLUG4301"));
        Assert.That(() => key.Open(Guid.NewGuid(), "NAME", text), Throws.TypeOf<InvalidDataDirectoryException>());
    }

    [Test]
    public void Another_key_does_not_open_it_and_the_message_does_not_hold_it()
    {
        var text = key.Seal(app, "NAME", "geheimnis");
        File.Delete(data.ConfigKey);
        new ConfigKey(data).Make();
        Assert.That(
            () => new ConfigKey(data).Open(app, "NAME", text),
            Throws.TypeOf<InvalidDataDirectoryException>().With.Message.Contains("'NAME'").And.Message.Not.Contains("geheimnis"));
    }

    [Test]
    public void A_digest_tells_the_same_value_of_the_same_variable_and_no_other()
    {
        var digest = key.DigestOf(app, "NAME", "value");
        Assert.That(new ConfigKey(data).DigestOf(app, "NAME", "value"), Is.EqualTo(digest));
        Assert.That(
            (string[])[key.DigestOf(app, "NAME", "other"), key.DigestOf(app, "OTHER", "value"), key.DigestOf(Guid.NewGuid(), "NAME", "value")],
            Has.None.EqualTo(digest));
    }

    [Test]
    public void The_digest_of_a_value_is_of_no_use_without_the_key()
    {
        var digest = key.DigestOf(app, "PIN", "1234");
        Assert.That(digest, Does.Not.Contain(Digest.Of("1234"u8).Hex));
        File.Delete(data.ConfigKey);
        new ConfigKey(data).Make();
        Assert.That(new ConfigKey(data).DigestOf(app, "PIN", "1234"), Is.Not.EqualTo(digest));
    }

    [Test]
    public void The_key_is_for_its_owner_alone() =>
        Assert.That(File.GetUnixFileMode(data.ConfigKey), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));

    [Test]
    public void A_key_that_is_none_is_refused_with_its_path()
    {
        File.WriteAllText(data.ConfigKey, "short");
        Assert.That(
            () => new ConfigKey(data).Seal(app, "NAME", "value"),
            Throws.TypeOf<InvalidDataDirectoryException>().With.Message.Contains("SLUG4300").And.Message.Contains(data.ConfigKey));
    }
}
