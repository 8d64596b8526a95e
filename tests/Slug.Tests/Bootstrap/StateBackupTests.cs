using Slug.Bootstrap;
using Slug.Hosting;
using Slug.Tests.Commands;

namespace Slug.Tests.Bootstrap;

public class StateBackupTests
{
    [Test]
    public void What_was_there_comes_back_and_what_came_later_goes()
    {
        using var folder = new ScratchFolder();
        var data = new DataDirectory(folder.Path);
        File.WriteAllText(data.Database, "before");
        var backup = StateBackup.Take(data, TimeProvider.System);

        File.WriteAllText(data.Database, "after");
        File.WriteAllText(data.Database + "-wal", "after");
        backup.Restore();

        Assert.That(File.ReadAllText(data.Database), Is.EqualTo("before"));
        Assert.That(File.Exists(data.Database + "-wal"), Is.False);
    }
}
