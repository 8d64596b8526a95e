using Microsoft.Extensions.Options;
using Slug.Builds;

namespace Slug.Tests.Builds;

public class BuildQueueTests
{
    private readonly List<string> told = [];

    [SetUp]
    public void ForgetPlaces() => told.Clear();

    [Test, CancelAfter(60_000)]
    public async Task While_there_is_a_slot_nobody_waits(CancellationToken cancellationToken)
    {
        var queue = QueueOf(2);
        using var first = await EnterAsync(queue, "first", cancellationToken);
        using var second = await EnterAsync(queue, "second", cancellationToken);
        Assert.That(told, Is.Empty);
        Assert.That(queue.Running, Is.EqualTo(2));
    }

    [Test, CancelAfter(60_000)]
    public async Task Those_who_wait_are_told_their_place_whenever_it_changes(CancellationToken cancellationToken)
    {
        var queue = QueueOf(1);
        var running = await EnterAsync(queue, "a", cancellationToken);
        var next = EnterAsync(queue, "b", cancellationToken);
        var last = EnterAsync(queue, "c", cancellationToken);
        running.Dispose();
        (await next).Dispose();
        (await last).Dispose();
        Assert.That(told, Is.EqualTo(new[] { "b 1", "c 2", "c 1" }));
        Assert.That((queue.Running, queue.Waiting), Is.EqualTo((0, 0)));
    }

    [Test, CancelAfter(60_000)]
    public async Task One_who_gives_up_leaves_the_line(CancellationToken cancellationToken)
    {
        var queue = QueueOf(1);
        var running = await EnterAsync(queue, "a", cancellationToken);
        using var impatience = new CancellationTokenSource();
        var impatient = EnterAsync(queue, "b", impatience.Token);
        var patient = EnterAsync(queue, "c", cancellationToken);
        await impatience.CancelAsync();
        Assert.That(async () => await impatient, Throws.InstanceOf<OperationCanceledException>());
        running.Dispose();
        (await patient).Dispose();
        Assert.That(queue.Running, Is.Zero);
    }

    [Test, CancelAfter(60_000)]
    public async Task A_slot_given_back_twice_is_one_slot(CancellationToken cancellationToken)
    {
        var queue = QueueOf(1);
        var slot = await EnterAsync(queue, "a", cancellationToken);
        slot.Dispose();
        slot.Dispose();
        using var only = await EnterAsync(queue, "b", cancellationToken);
        var waiting = EnterAsync(queue, "c", cancellationToken);
        Assert.That(waiting.IsCompleted, Is.False);
    }

    private static BuildQueue QueueOf(int slots) => new(Options.Create(new BuildOptions { Concurrency = slots }));

    private Task<IDisposable> EnterAsync(BuildQueue queue, string who, CancellationToken cancellationToken) =>
        queue.EnterAsync(place => told.Add($"{who} {place}"), cancellationToken);
}
