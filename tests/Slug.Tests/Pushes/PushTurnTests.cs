using Slug.Pushes;

namespace Slug.Tests.Pushes;

[CancelAfter(60_000)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PushTurnTests
{
    private readonly PushTurns turns = new();
    private readonly Guid app = Guid.NewGuid();

    [Test]
    public async Task The_first_does_not_wait() =>
        Assert.That(await PlacesAsync(turns.Enter(app)), Is.Empty);

    [Test]
    public async Task Turns_come_in_order_and_each_learns_its_place()
    {
        var first = turns.Enter(app);
        var second = turns.Enter(app);
        var third = turns.Enter(app);
        await using var places = third.AheadAsync(CancellationToken.None).GetAsyncEnumerator();

        await places.MoveNextAsync();
        Assert.That(places.Current, Is.EqualTo(2));
        first.Dispose();
        await places.MoveNextAsync();
        Assert.That(places.Current, Is.EqualTo(1));
        second.Dispose();
        Assert.That(await places.MoveNextAsync(), Is.False);
    }

    [Test]
    public async Task One_who_gives_up_moves_the_others_up()
    {
        using var first = turns.Enter(app);
        turns.Enter(app).Dispose();
        var third = turns.Enter(app);
        await using var places = third.AheadAsync(CancellationToken.None).GetAsyncEnumerator();

        await places.MoveNextAsync();

        Assert.That(places.Current, Is.EqualTo(1));
    }

    [Test]
    public async Task Another_app_does_not_wait()
    {
        using var first = turns.Enter(app);

        Assert.That(await PlacesAsync(turns.Enter(Guid.NewGuid())), Is.Empty);
    }

    [Test]
    public async Task Leaving_twice_counts_once()
    {
        var first = turns.Enter(app);
        using var second = turns.Enter(app);
        var third = turns.Enter(app);

        first.Dispose();
        first.Dispose();

        await using var places = third.AheadAsync(CancellationToken.None).GetAsyncEnumerator();
        await places.MoveNextAsync();
        Assert.That(places.Current, Is.EqualTo(1));
    }

    private static async Task<List<int>> PlacesAsync(PushTurn turn)
    {
        using (turn)
            return await turn.AheadAsync(CancellationToken.None).ToListAsync();
    }
}
