using Slug.Hosting;

namespace Slug.Tests.Hosting;

public class DataDirectoryTests
{
    [Test]
    public void Nobody_else_may_look_inside()
    {
        var data = new DataDirectory(Path.Combine(Path.GetTempPath(), $"slug-{Guid.NewGuid():N}"));
        data.Create();
        try
        {
            Assert.That(
                File.GetUnixFileMode(data.Root),
                Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        }
        finally
        {
            Directory.Delete(data.Root, recursive: true);
        }
    }

    [Test]
    public void A_path_too_long_for_a_socket_is_refused_before_anything_is_made()
    {
        var data = new DataDirectory("/tmp/" + new string('x', 120));
        Assert.That(data.Create, Throws.TypeOf<InvalidDataDirectoryException>().With.Message.Contains("SLUG9001"));
        Assert.That(Directory.Exists(data.Root), Is.False);
    }

    [Test]
    public void A_place_where_nothing_can_be_made_is_named()
    {
        var data = new DataDirectory("/proc/slug");
        Assert.That(data.Create, Throws.TypeOf<InvalidDataDirectoryException>().With.Message.Contains("SLUG9002").And.Message.Contains("/proc/slug"));
    }

    [Test]
    public void Two_services_never_share_a_directory()
    {
        var data = new DataDirectory(Path.Combine(Path.GetTempPath(), $"slug-{Guid.NewGuid():N}"));
        data.Create();
        try
        {
            using var first = data.Lock();
            Assert.That(data.Lock, Throws.TypeOf<InvalidDataDirectoryException>().With.Message.Contains("SLUG9006"));
        }
        finally
        {
            Directory.Delete(data.Root, recursive: true);
        }
    }
}
