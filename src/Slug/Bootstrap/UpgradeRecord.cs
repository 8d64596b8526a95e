using System.Text.Json;
using System.Text.Json.Serialization;
using Slug.Hosting;

namespace Slug.Bootstrap;

/// <summary>Which commit of Slug an installation runs since its last upgrade, <c>programs/current.json</c>.</summary>
internal sealed record UpgradeRecord(string Commit, string Program)
{
    /// <summary>Null where the installation was never upgraded.</summary>
    public static UpgradeRecord? Read(DataDirectory data) =>
        File.Exists(FileOf(data)) ? JsonSerializer.Deserialize(File.ReadAllBytes(FileOf(data)), UpgradeJson.Default.UpgradeRecord) : null;

    public static void Write(DataDirectory data, UpgradeRecord record)
    {
        var unfinished = FileOf(data) + ".new";
        File.WriteAllBytes(unfinished, JsonSerializer.SerializeToUtf8Bytes(record, UpgradeJson.Default.UpgradeRecord));
        File.Move(unfinished, FileOf(data), overwrite: true);
    }

    private static string FileOf(DataDirectory data) => Path.Combine(data.Root, "programs", "current.json");
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(UpgradeRecord))]
internal sealed partial class UpgradeJson : JsonSerializerContext;
