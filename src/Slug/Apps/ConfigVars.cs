using System.Data;
using System.Text.RegularExpressions;
using Dapper;
using Slug.Hosting;

namespace Slug.Apps;

/// <summary>An app's config vars: files for its builds, environment for its processes. Sealed in the database.</summary>
internal sealed partial class ConfigVars(Database database, ConfigKey key)
{
    public const string Rule = "a letter or underscore, then letters, digits and underscores";

    private const int LargestValue = 32 * 1024;

    public static bool IsName(string name) => Shape().IsMatch(name);

    /// <summary>Why these changes cannot be made, with its code; null where they can.</summary>
    public static string? MistakeIn(IReadOnlyDictionary<string, string?> changes)
    {
        if (changes.Keys.FirstOrDefault(name => !IsName(name)) is { } wrong)
            return $"SLUG6004: '{wrong}' is not a config var's name; expected {Rule}";
        if (changes.FirstOrDefault(change => change.Value?.Length > LargestValue) is { Key: { } large })
            return $"SLUG6005: the value of '{large}' is longer than {LargestValue} characters; keep large data in a file or a database";
        return changes.FirstOrDefault(change => change.Value?.Contains('\0', StringComparison.Ordinal) == true) is { Key: { } zero }
            ? $"SLUG6006: the value of '{zero}' holds a zero byte, which no environment can; encode it"
            : null;
    }

    public Task<IReadOnlyDictionary<string, string>> OfAsync(App app, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyDictionary<string, string>>(
            db => Open(app, db.Query<(string Name, string Value)>("select name, value from config_vars where app_id = @Id order by name", new { app.Id })),
            cancellationToken);

    /// <summary>Opens what was sealed as variables of the app.</summary>
    public Dictionary<string, string> Open(App app, IEnumerable<(string Name, string Value)> variables) =>
        variables.ToDictionary(variable => variable.Name, variable => key.Open(app.Id, variable.Name, variable.Value));

    /// <summary>Sets what has a value and removes what has none, inside the caller's transaction.</summary>
    public void Change(IDbConnection db, App app, IReadOnlyDictionary<string, string?> changes)
    {
        foreach (var (name, value) in changes)
        {
            if (value is null)
                db.Execute("delete from config_vars where app_id = @Id and name = @name", new { app.Id, name });
            else
                db.Execute(
                    "insert or replace into config_vars (app_id, name, value, sealed) values (@Id, @name, @value, 1)",
                    new { app.Id, name, value = key.Seal(app.Id, name, value) });
        }
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]{0,254}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
