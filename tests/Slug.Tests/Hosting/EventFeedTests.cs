using Slug.Apps;
using Slug.Hosting;
using Slug.Tests.Commands;
using Slug.Tests.Pushes;

namespace Slug.Tests.Hosting;

[CancelAfter(60_000)]
public sealed class EventFeedTests
{
    private static readonly TimeSpan quiet = TimeSpan.FromSeconds(15);

    private readonly FakeTime time = new();
    private ScratchFolder folder = null!;
    private Database database = null!;
    private AppStore apps = null!;
    private EventFeed feed = null!;

    [SetUp]
    public void Open()
    {
        folder = new();
        var data = new DataDirectory(folder.Path);
        data.Create();
        database = new(data);
        (apps, feed) = (new(database, time), new(database, time));
    }

    [TearDown]
    public void Close()
    {
        database.Dispose();
        folder.Dispose();
    }

    [Test]
    public async Task What_happened_is_told_in_order_with_who_did_it(CancellationToken cancellationToken)
    {
        await CreateAsync("one", "anna");
        await apps.DestroyAsync(await CreateAsync("two", "ben"), "anna", cancellationToken);
        var told = await feed.ReadAsync(null, 0, follow: false, quiet, cancellationToken).Select(happened => $"{happened!.Id} {happened.By} {happened.Kind} {happened.App}").ToListAsync(cancellationToken);
        Assert.That(told, Is.EqualTo((string[])["1 anna app.created one", "2 ben app.created two", "3 anna app.destroyed two"]));
    }

    [Test]
    public async Task A_reader_goes_on_where_it_was_and_hears_of_one_app_alone(CancellationToken cancellationToken)
    {
        foreach (var name in (string[])["one", "two", "three"])
            await CreateAsync(name, "anna");
        Assert.That(await AppsAsync(null, 1, cancellationToken), Is.EqualTo((string[])["two", "three"]));
        Assert.That(await AppsAsync(AppName.Parse("two"), 0, cancellationToken), Is.EqualTo((string[])["two"]));
        Assert.That(await AppsAsync(null, await feed.BeforeLastAsync(null, 1, cancellationToken), cancellationToken), Is.EqualTo((string[])["three"]));
        Assert.That(await AppsAsync(null, await feed.BeforeLastAsync(null, 0, cancellationToken), cancellationToken), Is.Empty);
    }

    [Test]
    public async Task More_than_one_reading_holds_are_all_told(CancellationToken cancellationToken)
    {
        await database.WriteAsync(
            db =>
            {
                for (var i = 0; i < 1234; i++)
                    Events.Append(db, time, "anna", "app.created", AppName.Parse($"app-{i}"), null);
                return 0;
            },
            cancellationToken);
        Assert.That(await AppsAsync(null, 0, cancellationToken), Is.EqualTo(Enumerable.Range(0, 1234).Select(i => $"app-{i}")));
    }

    [Test]
    public async Task A_follower_hears_of_what_happens_next_and_where_nothing_does_that_it_is_heard(CancellationToken cancellationToken)
    {
        await using var reader = feed.ReadAsync(null, 0, follow: true, quiet, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var next = reader.MoveNextAsync().AsTask();
        await CreateAsync("one", "anna");
        Assert.That(await next, Is.True);
        Assert.That(reader.Current?.App, Is.EqualTo("one"));

        next = reader.MoveNextAsync().AsTask();
        time.Advance(quiet);
        Assert.That(await next, Is.True);
        Assert.That(reader.Current, Is.Null);
    }

    [Test]
    public async Task A_thousand_followers_hear_of_everything(CancellationToken cancellationToken)
    {
        var readers = Enumerable.Range(0, 1000).Select(_ => Task.Run(
            async () => await feed.ReadAsync(null, 0, follow: true, quiet, cancellationToken).Where(happened => happened is not null).Take(20).Select(happened => happened!.App).ToListAsync(cancellationToken),
            cancellationToken)).ToList();
        for (var i = 0; i < 20; i++)
            await CreateAsync($"app-{i}", "anna");
        foreach (var heard in await Task.WhenAll(readers))
            Assert.That(heard, Is.EqualTo(Enumerable.Range(0, 20).Select(i => $"app-{i}")));
    }

    private Task<App> CreateAsync(string name, string by) => apps.FindOrCreateAsync(AppName.Parse(name), by, CancellationToken.None);

    private async Task<IReadOnlyList<string?>> AppsAsync(AppName? app, long after, CancellationToken cancellationToken) =>
        await feed.ReadAsync(app, after, follow: false, quiet, cancellationToken).Select(happened => happened!.App).ToListAsync(cancellationToken);
}
