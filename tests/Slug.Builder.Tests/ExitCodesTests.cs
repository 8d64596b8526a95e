using Slug.Content.Wire;

namespace Slug.Builder.Tests;

internal sealed class ExitCodesTests
{
    [TestCase(BuildPhase.Compile, FailureReason.Exit, 40)]
    [TestCase(BuildPhase.Compile, FailureReason.OutOfMemory, 40)]
    [TestCase(BuildPhase.Fetch, FailureReason.Internal, 15)]
    [TestCase(BuildPhase.Pack, FailureReason.TooLarge, 60)]
    public void A_failure_has_its_phase_s_decade_and_whose_fault_it_is(BuildPhase phase, FailureReason reason, int code) =>
        Assert.That(ExitCodes.Of(new BuildOutcome.Failed { Phase = phase, Reason = reason, Message = "x" }), Is.EqualTo(code));

    [Test]
    public void An_app_that_nothing_knows_ends_in_detect() =>
        Assert.That(ExitCodes.Of(new BuildOutcome.NotDetected([])), Is.EqualTo(20));

    [Test]
    public void No_space_left_is_the_disk_s_fault_not_ours()
    {
        var full = Assert.Throws<IOException>(() =>
        {
            using var file = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.None, 0);
            file.WriteByte(1);
        });

        Assert.That(((BuildOutcome.Failed)BuildFailure.Unexpected(BuildPhase.Pack, full!)).Reason, Is.EqualTo(FailureReason.DiskFull));
    }

    [Test]
    public void Anything_unexpected_is_ours_and_keeps_its_cause() =>
        Assert.That(
            ((BuildOutcome.Failed)BuildFailure.Unexpected(BuildPhase.Pack, new InvalidOperationException("the cause"))).Message,
            Does.StartWith("SLUG3104: builder failed with 'the cause'"));
}
