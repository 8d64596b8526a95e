using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Slug.Apps;
using Slug.Hosting;
using Slug.Remotes;
using Slug.Telemetry;
using Slug.Tests.Commands;
using Slug.Tests.Pushes;
using Slug.Webhooks.Outgoing;

namespace Slug.Tests.Webhooks.Outgoing;

/// <summary>An app with webhooks, and a sender whose clock stands still until it is moved.</summary>
internal sealed class OutgoingScene : IAsyncDisposable
{
    private readonly ScratchFolder folder = new();
    private readonly ConfigKey key;
    private readonly Traces traces = new();
    private DeliverySender? sender;

    private OutgoingScene()
    {
        var data = new DataDirectory(folder.Path);
        data.Create();
        key = new(data);
        key.Make();
        Database = new(data);
        Webhooks = new(Database, key, Time);
        Deliveries = new(Database, Webhooks, Time);
    }

    public FakeTime Time { get; } = new();

    public Database Database { get; }

    public WebhookStore Webhooks { get; }

    public DeliveryStore Deliveries { get; }

    public App App { get; private set; } = null!;

    public static async Task<OutgoingScene> CreateAsync()
    {
        var scene = new OutgoingScene();
        scene.App = await new AppStore(scene.Database, scene.Time).FindOrCreateAsync(AppName.Parse("hello"), "anna", CancellationToken.None);
        return scene;
    }

    /// <summary>Starts a sender; the one before is stopped.</summary>
    public async Task StartAsync(string allow = "127.0.0.0/8")
    {
        await StopAsync();
        var options = new RemoteOptions { Allow = allow };
        sender = new(Database, Deliveries, new(new(options), options, Time), new(Time), traces, Time, NullLogger<DeliverySender>.Instance);
        await sender.StartAsync(CancellationToken.None);
    }

    public async Task StopAsync()
    {
        if (sender is not { } running)
            return;
        await running.StopAsync(CancellationToken.None);
        running.Dispose();
    }

    public async Task<Webhook> AddAsync(string url, string level, string secret = "0123456789abcdef") =>
        (await Webhooks.CreateAsync(App, new(url, secret, null, Notice.Includes, level), "anna", CancellationToken.None))!;

    /// <summary>The app changes, once for each of the names.</summary>
    public async Task ChangeAsync(params string[] names)
    {
        foreach (var name in names)
            await Database.WriteAsync(db => Events.Append(db, Time, name, "app.changed", App.Name, null), CancellationToken.None);
    }

    /// <summary>Ends when a delivery is as it is to be.</summary>
    public async Task<Delivery> DeliveryAsync(Func<Delivery, bool> isSo, CancellationToken cancellationToken)
    {
        while (true)
        {
            var written = Database.NextWrite;
            if ((await Deliveries.ListAsync(App, cancellationToken)).FirstOrDefault(isSo) is { } delivery)
                return delivery;
            await written.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Moves the clock to the moment that the sender waits for.</summary>
    public async Task AdvanceToAsync(DateTimeOffset moment, CancellationToken cancellationToken)
    {
        await Time.WaiterAsync(moment, cancellationToken);
        Time.Advance(moment - Time.GetUtcNow());
    }

    public Task<IReadOnlyList<string>> EventsAsync(string kind) =>
        Database.ReadAsync<IReadOnlyList<string>>(db => db.Query<string>("select coalesce(app, '') || ' ' || subject || ' ' || coalesce(detail, '') from events where kind = @kind order by id", new { kind }).AsList(), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        traces.Dispose();
        Database.Dispose();
        folder.Dispose();
    }
}
