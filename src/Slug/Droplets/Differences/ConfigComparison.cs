using Slug.Content.Oci;

namespace Slug.Droplets.Differences;

/// <summary>Compares what two droplets are started with: all that is in their configs but the layers.</summary>
internal static class ConfigComparison
{
    public static IEnumerable<Difference> Find(ImageConfig left, ImageConfig right, Sides sides)
    {
        var (mine, yours) = (PartsOf(left), PartsOf(right));
        return from name in mine.Keys.Union(yours.Keys).Order(StringComparer.Ordinal)
               let one = mine.GetValueOrDefault(name)
               let other = yours.GetValueOrDefault(name)
               where one != other
               select new Difference(name, PhaseOf(name), one is null || other is null
                   ? $"is only in {(one is null ? sides.Right : sides.Left)}"
                   : $"is '{one}' in {sides.Left}, '{other}' in {sides.Right}");
    }

    private static Dictionary<string, string> PartsOf(ImageConfig config)
    {
        var process = config.Process ?? new();
        var parts = new Dictionary<string, string>
        {
            ["config: platform"] = $"{config.OperatingSystem}/{config.Architecture}",
            ["config: user"] = process.User ?? "",
            ["config: entry point"] = string.Join(' ', process.EntryPoint ?? []),
            ["config: command"] = string.Join(' ', process.Command ?? []),
            ["config: working directory"] = process.WorkingDirectory ?? "",
            ["config: stop signal"] = process.StopSignal ?? "",
            ["config: created"] = $"{config.Created:O}",
        };
        foreach (var variable in process.Environment ?? [])
            parts[$"config: variable {variable.Split('=')[0]}"] = variable[(variable.IndexOf('=', StringComparison.Ordinal) + 1)..];
        foreach (var (name, value) in process.Labels ?? new Dictionary<string, string>())
            parts[$"config: label {name}"] = value;
        return parts;
    }

    // What bin/release and the Procfile say becomes variables and process types; the rest comes of the plan.
    private static string PhaseOf(string name) =>
        name.StartsWith("config: variable ", StringComparison.Ordinal) || name.StartsWith("config: label slug.process.", StringComparison.Ordinal) ? "release" : "plan";
}
