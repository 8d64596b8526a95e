using Slug.Api;

namespace Slug.Commands.Running;

/// <summary>What a container of an app is to run: one of its process types, or a command.</summary>
internal sealed record RunPlan
{
    public const string Web = "web";

    /// <summary>Arguments of the droplet's launcher.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    /// <summary>Its port is published: it serves pages.</summary>
    public required bool Listens { get; init; }

    /// <summary>The host's port; null lets the engine choose.</summary>
    public int? Port { get; init; }

    /// <summary>Stdin is passed on.</summary>
    public bool Interactive { get; init; }

    /// <summary>Both ends are a terminal.</summary>
    public bool Terminal { get; init; }

    /// <exception cref="CommandException">Nothing was named, and there is no process type web.</exception>
    public static RunPlan Of(LaunchView launch, IReadOnlyList<string> words, int? port)
    {
        if (words.Count == 0 && !launch.Processes.ContainsKey(Web))
            throw CommandException.User(
                $"SLUG8040: the app '{launch.App}' has no process type 'web'; name one of its own ({Known(launch)}), or a command: slug run {launch.App} COMMAND");
        IReadOnlyList<string> named = words.Count == 0 ? [Web] : words;
        return new() { Words = named, Listens = port is not null || named is [Web], Port = port };
    }

    public string Title(LaunchView launch) => $"{string.Join(' ', Words)} of {launch.App} v{launch.Release}";

    private static string Known(LaunchView launch) =>
        launch.Processes.Count == 0 ? "there are none" : string.Join(", ", launch.Processes.Keys.Order(StringComparer.Ordinal));
}
