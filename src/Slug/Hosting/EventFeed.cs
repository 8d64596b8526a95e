using System.Runtime.CompilerServices;
using Dapper;
using Slug.Apps;

namespace Slug.Hosting;

/// <summary>What happened, in order, and what happens from now on.</summary>
internal sealed class EventFeed(Database database, TimeProvider time)
{
    private const int Most = 500;
    private const string Columns = "select id, at, actor as By, kind, app, subject, detail from events";

    /// <summary>Events of an app, or of all where none is named, from the one after <paramref name="after"/> on.</summary>
    /// <param name="app">Whose events.</param>
    /// <param name="after">The last one that the reader has; 0 for none.</param>
    /// <param name="follow">Goes on until it is cancelled.</param>
    /// <param name="quiet">Where nothing happens for that long a null says that the feed is alive.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<HappenedEvent?> ReadAsync(
        AppName? app, long after, bool follow, TimeSpan quiet, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = database.NextWrite;
            var events = await database.ReadAsync(
                db => db.Query<HappenedEvent>(
                    $"{Columns} where id > @after and (@app is null or app = @app) order by id limit @Most", new { after, app = app?.ToString(), Most }).AsList(),
                cancellationToken);
            foreach (var happened in events)
                yield return happened;
            after = events.Count > 0 ? events[^1].Id : after;
            if (events.Count == Most)
                continue;
            if (!follow)
                yield break;
            await Task.WhenAny(next, Task.Delay(quiet, time, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
            if (!next.IsCompleted)
                yield return null;
        }
    }

    /// <summary>The events before one, the newest first.</summary>
    public Task<IReadOnlyList<HappenedEvent>> BeforeAsync(AppName? app, long before, int count, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<HappenedEvent>>(
            db => db.Query<HappenedEvent>(
                $"{Columns} where id < @before and (@app is null or app = @app) order by id desc limit @count", new { before, app = app?.ToString(), count }).AsList(),
            cancellationToken);

    /// <summary>After which event the last <paramref name="count"/> of them begin.</summary>
    public Task<long> BeforeLastAsync(AppName? app, int count, CancellationToken cancellationToken) =>
        database.ReadAsync(
            db => db.ExecuteScalar<long>(
                "select coalesce(min(id) - 1, (select coalesce(max(id), 0) from events)) from (select id from events where @app is null or app = @app order by id desc limit @count)", new { app = app?.ToString(), count }),
            cancellationToken);
}

/// <summary>Something that happened.</summary>
internal sealed record HappenedEvent
{
    /// <summary>Counts up; the place from which a reader goes on.</summary>
    public required long Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The name of the token that did it, or <c>slug</c>; null where an older version noted none.</summary>
    public string? By { get; init; }

    /// <summary>What it was, like <c>release.created</c>.</summary>
    public required string Kind { get; init; }

    public string? App { get; init; }

    /// <summary>Which build, release, token or blob.</summary>
    public string? Subject { get; init; }

    public string? Detail { get; init; }
}
