using Slug.Builds;
using Slug.Content.Oci;
using Slug.Content.Wire;

namespace Slug.Droplets;

/// <summary>Describes a droplet as an OCI image. The same inputs give the same bytes: no time, no name of an app, no id of a build.</summary>
internal static class DropletImage
{
    /// <summary>The launcher that the builder puts into every droplet.</summary>
    private const string Launcher = "/app/.slug/launch";

    public static ImageConfig ConfigOf(BuildPlan plan, BuildOutcome.Succeeded outcome) => new()
    {
        Architecture = "amd64",
        OperatingSystem = "linux",
        Process = new()
        {
            User = "1000:1000",
            Environment = [.. EnvironmentOf(outcome)],
            EntryPoint = [Launcher],
            Command = ["web"],
            WorkingDirectory = "/app",
            StopSignal = "SIGTERM",
            Labels = LabelsOf(plan, outcome),
        },
        RootFileSystem = new() { DiffIds = [.. outcome.Layers.Select(layer => layer.DiffId)] },
    };

    public static ImageManifest ManifestOf(Descriptor config, IEnumerable<Layer> layers) => new()
    {
        Config = config,
        Layers = [.. layers.Select(layer => layer.Descriptor)],
    };

    private static IEnumerable<string> EnvironmentOf(BuildOutcome.Succeeded outcome) =>
        from variable in outcome.DefaultConfigVars.Append(new("HOME", "/app")).Append(new("PATH", "/usr/local/bin:/usr/bin:/bin"))
        orderby variable.Key, variable.Value
        select $"{variable.Key}={variable.Value}";

    // The record: all that went in, so that the droplet can be made again.
    private static SortedDictionary<string, string> LabelsOf(BuildPlan plan, BuildOutcome.Succeeded outcome)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["slug.source.tree"] = plan.Source.Tree.ToString(),
            ["slug.stack"] = plan.Stack.Name,
            ["slug.stack.digest"] = plan.Stack.Digest.ToString(),
            ["slug.builder"] = plan.Builder.ToString(),
            ["slug.buildpacks"] = string.Join(' ', outcome.Buildpacks.Select(buildpack => $"{buildpack.Name}@{buildpack.Digest}")),
        };
        foreach (var (type, command) in outcome.Processes)
            labels[$"slug.process.{type}"] = command;
        return labels;
    }
}
