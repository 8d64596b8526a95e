using System.Text.Json;

namespace Slug.Tests.Platform;

/// <summary>Heroku's published schema, where this machine has it: it lies beside the checkout, in <c>shared/data</c>, and is no part of it.</summary>
internal static class PublishedSchema
{
    public const string Reason = "shared/data/heroku-platform-api.schema.json is not beside the checkout";

    // Heroku's own host stands in the schema's pattern; ours stands in the answers.
    private const string HerokuGit = "https://git.heroku.com/";

    private static readonly Lazy<SchemaCheck?> schema = new(Read);

    /// <summary>Null where the schema is not here.</summary>
    public static SchemaCheck? Check => schema.Value;

    /// <summary>An answer as it would be at Heroku: but for the address of repositories, which no schema of theirs can have.</summary>
    public static JsonElement AtHeroku(string json, Uri service) =>
        JsonSerializer.Deserialize<JsonElement>(json.Replace($"\"git_url\":\"{service}", $"\"git_url\":\"{HerokuGit}", StringComparison.Ordinal));

    private static SchemaCheck? Read()
    {
        for (var folder = Checkout.Root; folder is not null; folder = Path.GetDirectoryName(folder))
            if (Path.Combine(folder, "shared", "data", "heroku-platform-api.schema.json") is var file && File.Exists(file))
                return new(JsonDocument.Parse(File.ReadAllBytes(file)).RootElement);
        return null;
    }
}
