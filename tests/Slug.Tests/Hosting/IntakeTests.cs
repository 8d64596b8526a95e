using Microsoft.Extensions.Hosting;
using Slug.Hosting;

namespace Slug.Tests.Hosting;

public class IntakeTests
{
    private readonly List<string> said = [];

    [Test]
    public async Task An_open_intake_lets_pushes_through_and_counts_them()
    {
        using var stop = new Lifetime();
        var intake = new Intake(new(), stop);
        using (await intake.EnterAsync(said.Add))
            Assert.That(intake.State, Is.EqualTo(new IntakeState(Open: true, UnderWay: 1, Waiting: 0)));
        Assert.That(intake.State.UnderWay, Is.Zero);
    }

    [Test, CancelAfter(60_000)]
    public async Task A_closed_one_holds_them_tells_them_and_lets_them_on(CancellationToken cancellationToken)
    {
        using var stop = new Lifetime();
        var intake = new Intake(new() { Intake = "closed" }, stop);
        var push = intake.EnterAsync(said.Add);
        Assert.That(intake.State, Is.EqualTo(new IntakeState(Open: false, UnderWay: 0, Waiting: 1)));
        Assert.That(said, Is.EqualTo(new[] { "-----> Slug is being replaced by another version of itself: this push waits" }));
        intake.Open();
        using (await push.WaitAsync(cancellationToken))
            Assert.That(intake.State, Is.EqualTo(new IntakeState(Open: true, UnderWay: 1, Waiting: 0)));
    }

    [Test]
    public void Who_waits_is_sent_away_when_the_service_stops()
    {
        using var stop = new Lifetime();
        var intake = new Intake(new() { Intake = "closed" }, stop);
        var push = intake.EnterAsync(said.Add);
        stop.StopApplication();
        Assert.That(async () => await push, Throws.InstanceOf<OperationCanceledException>());
        Assert.That((intake.IsStopping, intake.State.Waiting), Is.EqualTo((true, 0)));
    }

    private sealed class Lifetime : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource source = new();

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => source.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => source.Cancel();

        public void Dispose() => source.Dispose();
    }
}
