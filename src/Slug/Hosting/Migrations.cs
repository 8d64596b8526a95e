using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Slug.Hosting;

/// <summary>Brings a database forward, one numbered script at a time; the number is kept in <c>user_version</c>.</summary>
internal static class Migrations
{
    private const string Prefix = "Slug.Hosting.Schema.";

    /// <summary>The form that this program brings a database to.</summary>
    public static int Latest => Scripts().Count();

    /// <exception cref="NewerDatabaseException">A later version of Slug wrote this database.</exception>
    public static void Apply(SqliteConnection connection)
    {
        var scripts = Scripts().ToList();
        var current = connection.ExecuteScalar<int>("pragma user_version");
        if (current > scripts.Count)
            throw new NewerDatabaseException(current, scripts.Count);
        for (var version = current + 1; version <= scripts.Count; version++)
        {
            using var transaction = connection.BeginTransaction();
            connection.Execute(scripts[version - 1]);
            connection.Execute(string.Create(CultureInfo.InvariantCulture, $"pragma user_version={version}"));
            transaction.Commit();
        }
    }

    private static IEnumerable<string> Scripts()
    {
        var assembly = typeof(Migrations).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return reader.ReadToEnd();
        }
    }
}

/// <summary>A downgrade: this program does not know the database's form.</summary>
internal sealed class NewerDatabaseException(int found, int known) : Exception(
    $"SLUG9003: the data was written by a newer Slug (schema {found}, this program knows {known}); start that version, or restore the backup made before the upgrade");
