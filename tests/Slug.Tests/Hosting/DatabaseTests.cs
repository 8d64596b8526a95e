using Dapper;
using Microsoft.Data.Sqlite;
using Slug.Apps;
using Slug.Hosting;

namespace Slug.Tests.Hosting;

public class DatabaseTests
{
    private DataDirectory data = null!;

    [SetUp]
    public void MakeDirectory()
    {
        data = new(Path.Combine(Path.GetTempPath(), $"slug-{Guid.NewGuid():N}"));
        data.Create();
    }

    [TearDown]
    public void RemoveDirectory() => Directory.Delete(data.Root, recursive: true);

    [Test]
    public async Task What_was_committed_is_there_after_a_restart()
    {
        using (var database = new Database(data))
            await new AppStore(database, TimeProvider.System).FindOrCreateAsync(AppName.Parse("kept"), "tests", CancellationToken.None);
        using var again = new Database(data);
        var app = await new AppStore(again, TimeProvider.System).FindAsync(AppName.Parse("kept"), CancellationToken.None);
        Assert.That(app?.Name.ToString(), Is.EqualTo("kept"));
    }

    [Test]
    public void A_failed_transaction_changes_nothing()
    {
        using var database = new Database(data);
        Assert.That(
            async () => await database.WriteAsync<int>(
                db =>
                {
                    db.Execute("insert into apps (id, name, created_at) values ('1', 'half', 'now')");
                    throw new IOException("in between");
                },
                CancellationToken.None),
            Throws.TypeOf<IOException>());
        Assert.That(
            async () => await database.ReadAsync(db => db.ExecuteScalar<long>("select count(*) from apps"), CancellationToken.None), Is.Zero);
    }

    [Test]
    public void A_commit_is_flushed_to_the_disk()
    {
        using var database = new Database(data);
        Assert.That(
            async () => await database.ReadAsync(db => (db.ExecuteScalar<string>("pragma journal_mode"), db.ExecuteScalar<long>("pragma synchronous")), CancellationToken.None),
            Is.EqualTo(("wal", 2L)));
    }

    [Test]
    public void A_database_of_a_newer_program_is_refused_with_the_way_out()
    {
        new Database(data).Dispose();
        using (var connection = new SqliteConnection($"Data Source={data.Database};Pooling=False"))
        {
            connection.Open();
            connection.Execute("pragma user_version = 999");
        }

        Assert.That(() => new Database(data), Throws.TypeOf<NewerDatabaseException>().With.Message.Contains("SLUG9003").And.Message.Contains("999"));
    }

    [Test]
    public async Task A_copy_holds_everything()
    {
        using var database = new Database(data);
        await new AppStore(database, TimeProvider.System).FindOrCreateAsync(AppName.Parse("kept"), "tests", CancellationToken.None);
        var copy = Path.Combine(data.Root, "copy.db");
        await database.BackUpAsync(copy, CancellationToken.None);
        using var connection = new SqliteConnection($"Data Source={copy};Pooling=False");
        connection.Open();
        Assert.That(connection.ExecuteScalar<string>("select name from apps"), Is.EqualTo("kept"));
    }
}
