using Slug.Builder.Limits;
using Slug.Builder.Tests.Support;
using Slug.Content.Wire;

namespace Slug.Builder.Tests.Limits;

internal sealed class LimitWatchTests
{
    private readonly TemporaryFolder folder = new();

    [TearDown]
    public void Leave() => folder.Dispose();

    [Test]
    public void Without_cgroups_only_the_exit_code_is_known() =>
        Assert.That(Watch(free: long.MaxValue).Reason(), Is.EqualTo(FailureReason.Exit));

    [Test]
    public void A_disk_without_space_is_told() =>
        Assert.That(Watch(free: 4096).Reason(), Is.EqualTo(FailureReason.DiskFull));

    [Test]
    public void Memory_is_told_before_the_disk()
    {
        var watch = Watch(free: 0);
        folder.Write("memory.events", "oom_kill 1\n");

        Assert.That(watch.Reason(), Is.EqualTo(FailureReason.OutOfMemory));
    }

    [Test]
    public void What_was_counted_before_a_reset_is_forgotten()
    {
        var watch = Watch(free: long.MaxValue);
        folder.Write("pids.events", "max 3\n");
        watch.Reset();

        Assert.That(watch.Reason(), Is.EqualTo(FailureReason.Exit));
    }

    [Test]
    public void Real_counters_can_be_read() =>
        Assert.That(() => KernelCounters.Read(new BuilderPaths().Cgroups), Throws.Nothing);

    [Test]
    public void A_folder_that_is_gone_fills_no_disk() =>
        Assert.That(LimitWatch.FreeBytes(folder.At("gone")), Is.EqualTo(long.MaxValue));

    private LimitWatch Watch(long free) => new(new BuilderPaths { Cgroups = folder.Path }, _ => free);
}
