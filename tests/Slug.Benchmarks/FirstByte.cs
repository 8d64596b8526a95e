using System.Diagnostics;
using System.Text.RegularExpressions;
using Slug.Benchmarks.Scenes;

namespace Slug.Benchmarks;

/// <summary>What a person waits for a page of the dashboard, until something of it is there, beside the smallest answer that the service gives.</summary>
internal sealed partial class FirstByte : IBenchmark
{
    private const string App = "seen";
    private const int Rounds = 41;
    private const double Most = 50;

    private static readonly (string Page, string Path)[] pages =
        [("all apps", "/"), ("an app", $"/ui/apps/{App}"), ("a droplet", $"/ui/apps/{App}/droplets/v1"), ("the system", "/ui/system")];

    public string Name => "dashboard";

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        await using var slug = await Installation.StartAsync(cancellationToken);
        using var app = await PusherFolder.OfSampleAsync("node-hello", cancellationToken);
        await app.PushAsync(slug.RemoteOf(App), cancellationToken);
        await slug.QuietAsync(cancellationToken);
        using var browser = await SignInAsync(new(slug.RemoteOf(App)), cancellationToken);
        var findings = new List<Finding>();
        foreach (var (page, path) in pages)
            findings.Add(new Finding.Added(
                $"first byte of the page of {page}",
                await Interleaved.MeasureAsync(Rounds, _ => AskAsync(browser, path, cancellationToken), _ => AskAsync(browser, "/healthz", cancellationToken)),
                Most));
        return findings;
    }

    private static async Task<HttpClient> SignInAsync(Uri remote, CancellationToken cancellationToken)
    {
        var browser = new HttpClient { BaseAddress = new($"{remote.Scheme}://{remote.Authority}") };
        var form = Key().Match(await browser.GetStringAsync("/ui/sign-in", cancellationToken)).Groups["key"].Value;
        using var fields = new FormUrlEncodedContent([new("form", form), new("token", remote.UserInfo.Split(':')[1]), new("to", "/")]);
        using var entered = await browser.PostAsync("/ui/sign-in", fields, cancellationToken);
        entered.EnsureSuccessStatusCode();
        return browser;
    }

    private static async Task<TimeSpan> AskAsync(HttpClient browser, string path, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var answer = await browser.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await using var body = await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(cancellationToken);
        await body.ReadExactlyAsync(new byte[1], cancellationToken);
        var taken = Stopwatch.GetElapsedTime(started);
        await body.CopyToAsync(Stream.Null, cancellationToken);
        return taken;
    }

    [GeneratedRegex("""name="form" value="(?<key>[^"]+)""")]
    private static partial Regex Key();
}
