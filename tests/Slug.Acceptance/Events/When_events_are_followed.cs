using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Slug.Acceptance.Events;

[Parallelizable]
public class When_events_are_followed
{
    [Test, CancelAfter(120_000)]
    public async Task Should_tell_all_that_a_push_changes_and_go_on_where_a_restart_cut_them_off(CancellationToken cancellationToken)
    {
        await using var slug = await Installation.StartAsync(["--buildpacks", Slugs.ScriptBuildpacks], cancellationToken);
        using var client = new HttpClient();
        Assert.That((await client.GetAsync($"{slug.Url}/readyz", cancellationToken)).StatusCode, Is.EqualTo(HttpStatusCode.OK));

        await using var follow = RunningProgram.Start(Installation.Program, ["events", "--follow", "--json"], environment: new Dictionary<string, string> { ["SLUG_DATA"] = slug.Data });
        using var folder = await Slugs.AppThatAsync("true", cancellationToken);
        Assert.That((await folder.PushAsync(slug, "told", cancellationToken)).ExitCode, Is.Zero);
        await follow.SaysAsync("\"release.created\"", cancellationToken);
        await slug.StopAsync(cancellationToken);
        var ended = await follow.EndAsync(cancellationToken);
        Assert.That(ended.Output, Does.Contain("SLUG8028"));
        var had = int.Parse(Regex.Match(ended.Output, @"--after (\d+)").Groups[1].Value, CultureInfo.InvariantCulture);
        await slug.ServeAsync(cancellationToken);

        var before = Read(ended.Output);
        Assert.That(
            before.Where(happened => happened.App == "told").Select(happened => $"{happened.By} {happened.Kind}"),
            Is.EqualTo((string[])["admin app.created", "admin build.queued", "admin build.started", "admin build.succeeded", "admin droplet.created", "admin release.created"]));
        Assert.That(before.Select(happened => happened.Kind), Does.Contain("service.started").And.Contains("stack.built"));
        Assert.That(before[^1].Id, Is.EqualTo(had));
        await Eventually.TrueAsync(async () => (await slug.SlugAsync(cancellationToken, "events", "--after", $"{had}")).Output.Contains("service.started", StringComparison.Ordinal), cancellationToken);
        var after = Read((await slug.SlugAsync(cancellationToken, "events", "--after", $"{had}", "--json")).Output);
        Assert.That(after.Select(happened => happened.Kind), Is.EqualTo((string[])["service.stopped", "service.started"]));
        Assert.That(before.Concat(after).Select(happened => happened.Id), Is.EqualTo(Enumerable.Range(1, had + after.Count)), "none is left out, none comes twice");
        Assert.That(Read((await slug.SlugAsync(cancellationToken, "events", "--app", "told", "--json")).Output).Select(happened => happened.App), Has.All.EqualTo("told"));
    }

    private static List<Happened> Read(string output) =>
        [.. output.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonElement.Parse(line)).Select(line => new Happened(
            line.GetProperty("id").GetInt32(), line.GetProperty("by").GetString()!, line.GetProperty("kind").GetString()!, line.TryGetProperty("app", out var app) ? app.GetString() : null))];

    private sealed record Happened(int Id, string By, string Kind, string? App);
}
