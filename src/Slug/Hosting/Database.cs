using System.Data;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Slug.Webhooks.Outgoing;

namespace Slug.Hosting;

/// <summary>
/// The service's state: SQLite, one connection, one user of it at a time.
/// WAL with synchronous=FULL: what was committed outlives a power cut. One connection, because SQLite before 3.51.3
/// can damage a WAL that two connections write and checkpoint.
/// </summary>
internal sealed class Database : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly SemaphoreSlim turn = new(1, 1);
    private TaskCompletionSource written = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Database(DataDirectory data)
    {
        SystemSqlite.Use();
        ColumnTypes.Register();
        connection = new($"Data Source={data.Database};Pooling=False");
        connection.Open();
        connection.Execute("pragma journal_mode=wal; pragma synchronous=full; pragma secure_delete=on; pragma foreign_keys=on; pragma busy_timeout=5000");
        Migrations.Apply(connection);
    }

    /// <summary>Ends with the next write. To miss none: take it, read, then wait for it.</summary>
    public Task NextWrite => Volatile.Read(ref written).Task;

    /// <summary>Reads, outside any transaction.</summary>
    public Task<T> ReadAsync<T>(Func<IDbConnection, T> read, CancellationToken cancellationToken) =>
        InTurnAsync(() => read(connection), cancellationToken);

    /// <summary>Writes in one transaction: when this returns, it is on disk.</summary>
    public Task<T> WriteAsync<T>(Func<IDbConnection, T> write, CancellationToken cancellationToken) =>
        InTurnAsync(
            () =>
            {
                using var transaction = connection.BeginTransaction();
                var result = write(connection);
                Outbox.Complete(connection);
                transaction.Commit();
                Interlocked.Exchange(ref written, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
                return result;
            },
            cancellationToken);

    /// <summary>Does as <see cref="WriteAsync"/> does, and takes it back: what it would have done.</summary>
    public Task<T> RehearseAsync<T>(Func<IDbConnection, T> write, CancellationToken cancellationToken) =>
        InTurnAsync(
            () =>
            {
                using var transaction = connection.BeginTransaction();
                return write(connection);
            },
            cancellationToken);

    /// <summary>Writes what is written there already: a commit as every other, by which it shows whether the disk takes one.</summary>
    public Task<int> TouchAsync(CancellationToken cancellationToken) =>
        InTurnAsync(
            () =>
            {
                using var transaction = connection.BeginTransaction();
                connection.Execute(string.Create(CultureInfo.InvariantCulture, $"pragma user_version={connection.ExecuteScalar<int>("pragma user_version")}"));
                transaction.Commit();
                return 0;
            },
            cancellationToken);

    /// <summary>Copies the whole state to a new file, while the service goes on.</summary>
    public Task<int> BackUpAsync(string file, CancellationToken cancellationToken) =>
        InTurnAsync(() => connection.Execute("vacuum into @file", new { file }), cancellationToken);

    /// <summary>Rewrites the file: what was changed or deleted is in no page of it any more, and in no log beside it.</summary>
    public Task<int> ScrubAsync(CancellationToken cancellationToken) =>
        InTurnAsync(() => connection.Execute("vacuum; pragma wal_checkpoint(truncate)"), cancellationToken);

    public void Dispose()
    {
        connection.Dispose();
        turn.Dispose();
    }

    // SQLite has no asynchronous calls: a statement takes well below a millisecond, a commit a disk flush.
    private async Task<T> InTurnAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            return work();
        }
        finally
        {
            turn.Release();
        }
    }
}
