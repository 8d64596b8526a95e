using System.Text;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Slug.Apps;
using Slug.Hosting;
using Slug.Releases;
using Slug.Tests.Commands;

namespace Slug.Tests.Hosting;

[CancelAfter(60_000)]
public class ConfigSealingTests
{
    private const string Secret = "a-plain-secret-of-1999";

    private ScratchFolder folder = null!;
    private DataDirectory data = null!;

    [SetUp]
    public void MakeDirectory()
    {
        folder = new();
        data = new(folder.Path);
        data.Create();
    }

    [TearDown]
    public void RemoveDirectory() => folder.Dispose();

    [Test]
    public async Task What_an_older_version_kept_in_the_open_is_sealed_and_reads_the_same(CancellationToken cancellationToken)
    {
        using var database = new Database(data);
        var app = await AppWithPlainValuesAsync(database, cancellationToken);
        Assert.That(Files(), Does.Contain(Secret), "else this test sees nothing");

        await SealAsync(database, cancellationToken);

        Assert.That(Files(), Does.Not.Contain(Secret));
        Assert.That((await new ConfigVars(database, new(data)).OfAsync(app, cancellationToken))["OLD"], Is.EqualTo(Secret));
        var config = await database.ReadAsync(db => db.ExecuteScalar<string>("select config ->> 'OLD' from releases"), cancellationToken);
        Assert.That(new ConfigKey(data).Open(app.Id, "OLD", config!), Is.EqualTo(Secret));
    }

    [Test]
    public async Task What_is_set_now_was_never_in_the_open(CancellationToken cancellationToken)
    {
        using var database = new Database(data);
        await SealAsync(database, cancellationToken);
        var app = await new AppStore(database, TimeProvider.System).FindOrCreateAsync(AppName.Parse("app"), "tests", cancellationToken);
        var vars = new ConfigVars(database, new(data));
        await new ReleaseStore(database, vars, TimeProvider.System).ConfigureAsync(app, new Dictionary<string, string?> { ["NEW"] = Secret }, "tests", cancellationToken);

        Assert.That(Files(), Does.Not.Contain(Secret).And.Contain("NEW"));
        Assert.That((await vars.OfAsync(app, cancellationToken))["NEW"], Is.EqualTo(Secret));
    }

    [Test]
    public async Task A_second_start_changes_nothing(CancellationToken cancellationToken)
    {
        using var database = new Database(data);
        var app = await AppWithPlainValuesAsync(database, cancellationToken);
        await SealAsync(database, cancellationToken);
        var before = await ValueAsync(database, cancellationToken);
        await SealAsync(database, cancellationToken);
        Assert.That(await ValueAsync(database, cancellationToken), Is.EqualTo(before));
        Assert.That((await new ConfigVars(database, new(data)).OfAsync(app, cancellationToken))["OLD"], Is.EqualTo(Secret));
    }

    [Test]
    public async Task A_start_without_the_key_of_sealed_values_is_refused_and_makes_no_other(CancellationToken cancellationToken)
    {
        using var database = new Database(data);
        await AppWithPlainValuesAsync(database, cancellationToken);
        await SealAsync(database, cancellationToken);
        File.Delete(data.ConfigKey);

        Assert.That(async () => await SealAsync(database, cancellationToken), Throws.TypeOf<InvalidDataDirectoryException>().With.Message.Contains("SLUG4300"));
        Assert.That(File.Exists(data.ConfigKey), Is.False);
    }

    private static async Task<App> AppWithPlainValuesAsync(Database database, CancellationToken cancellationToken)
    {
        var app = await new AppStore(database, TimeProvider.System).FindOrCreateAsync(AppName.Parse("app"), "tests", cancellationToken);
        await database.WriteAsync(
            db => db.Execute(
                """
                insert into config_vars (app_id, name, value) values (@Id, 'OLD', @Secret);
                insert into releases (app_id, version, description, config, created_at) values (@Id, 1, 'Set', json_object('OLD', @Secret), 'then')
                """,
                new { app.Id, Secret }),
            cancellationToken);
        return app;
    }

    private Task SealAsync(Database database, CancellationToken cancellationToken) =>
        new ConfigSealing(database, new(data), NullLogger<ConfigSealing>.Instance).RunAsync(cancellationToken);

    private static Task<string?> ValueAsync(Database database, CancellationToken cancellationToken) =>
        database.ReadAsync(db => db.ExecuteScalar<string>("select value from config_vars"), cancellationToken);

    // The database and the log beside it, as they are on disk.
    private string Files() => string.Concat(Directory.EnumerateFiles(data.Root, "slug.db*").Select(ReadOpen));

    private static string ReadOpen(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite), Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
