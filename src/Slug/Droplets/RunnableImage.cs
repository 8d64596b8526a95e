using Slug.Content;
using Slug.Content.Oci;
using Slug.Stacks;

namespace Slug.Droplets;

/// <summary>A droplet as an image that any engine runs: its layers over that of its stack's run image. The same droplet over the same layer gives the same config, hence the same image id.</summary>
internal static class RunnableImage
{
    /// <summary>What an app listens on where nobody says otherwise.</summary>
    private const string Port = "8080";

    /// <param name="droplet">The droplet's own config.</param>
    /// <param name="digest">Its digest: the droplet's name.</param>
    /// <param name="stack">What the run image sets for every process.</param>
    /// <param name="runLayer">The run image's one layer.</param>
    public static ImageConfig ConfigOf(ImageConfig droplet, Digest digest, StackDefinition stack, Digest runLayer)
    {
        var process = droplet.Process!;
        var labels = new Dictionary<string, string>(process.Labels!) { ["slug.droplet"] = digest.ToString() };
        return droplet with
        {
            Created = LayerTime.Fixed,
            Process = process with
            {
                Environment = EnvironmentOf(process, stack),
                ExposedPorts = labels.ContainsKey("slug.process.web") ? new Dictionary<string, NoValue> { [$"{Port}/tcp"] = new() } : null,
                Labels = labels,
            },
            RootFileSystem = new() { DiffIds = [runLayer, .. droplet.RootFileSystem.DiffIds] },
            History =
            [
                new() { Created = LayerTime.Fixed, CreatedBy = $"slug: run image of the stack {stack.Name}" },
                .. droplet.RootFileSystem.DiffIds.Select(_ => new HistoryEntry { Created = LayerTime.Fixed, CreatedBy = "slug: layer of the droplet" }),
            ],
        };
    }

    // What buildpacks set wins over what the stack sets.
    private static string[] EnvironmentOf(ProcessConfig process, StackDefinition stack)
    {
        var environment = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["PORT"] = Port };
        foreach (var (name, value) in stack.Environment)
            environment[name] = value;
        foreach (var variable in process.Environment ?? [])
            environment[variable.Split('=', 2)[0]] = variable.Split('=', 2)[1];
        return [.. environment.Select(variable => $"{variable.Key}={variable.Value}")];
    }
}
