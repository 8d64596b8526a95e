using System.Globalization;
using Slug.Hosting;

namespace Slug.Platform.Logs;

/// <summary>One line of an app's log. Slug runs no apps for good: <c>api</c> is what happened to the app, <c>build</c> what its builds print.</summary>
internal sealed record AppLogLine(DateTimeOffset At, string Process, string Text)
{
    /// <summary>Where all lines come from, as <c>heroku logs --source</c> has it.</summary>
    public const string Source = "app";

    public const string Api = "api";
    public const string Build = "build";

    /// <summary>What happened, in Heroku's words where it has some; null for what its log does not tell.</summary>
    public static AppLogLine? Of(HappenedEvent happened)
    {
        var by = $"by user {happened.By ?? Events.Itself}";
        var text = happened.Kind switch
        {
            "app.created" => $"Initial release {by}",
            "config.changed" => $"{ConfigWords(happened.Detail ?? "")} {by}",
            "release.created" => $"Release {happened.Subject} created {by}",
            "build.started" => $"Build started {by}",
            "build.succeeded" => "Build succeeded",
            "build.failed" => "Build failed",
            "build.cancelled" => $"Build cancelled {by}",
            "build.queued" or "droplet.created" or "droplet.removed" or "release.removed" => null,
            _ => $"{string.Join(' ', ((string?[])[happened.Kind, happened.Subject, happened.Detail]).OfType<string>())} {by}",
        };
        return text is null ? null : new(happened.At, Api, text);
    }

    /// <summary>As Heroku writes them.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.ffffff}+00:00 {Source}[{Process}]: {Text}");

    private static string ConfigWords(string detail)
    {
        var names = detail.Split(' ');
        var gone = names.All(name => name.StartsWith('-'));
        return $"{(gone ? "Remove" : "Set")} {string.Join(", ", names.Select(name => name.TrimStart('-')))} config vars";
    }
}
