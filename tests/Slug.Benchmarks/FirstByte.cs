using System.Diagnostics;
using System.Text.RegularExpressions;
using Slug.Benchmarks.Scenes;

namespace Slug.Benchmarks;

/// <summary>
/// What a person waits for a page of the dashboard, until something of it is there, beside the smallest answer that the service gives:
/// of the very first page after a start, of each when it is looked at first, and from then on. The app has 25,000 files.
/// </summary>
internal sealed partial class FirstByte : IBenchmark
{
    private const string App = "seen";
    private const int Files = 25_000;
    private const int Rounds = 41;
    private const double Most = 50;
    private const double MostAfterStart = 500;

    private static readonly (string Page, string Path)[] pages =
    [
        ("all apps", "/"), ("an app", $"/ui/apps/{App}"), ("its releases", $"/ui/apps/{App}/releases"), ("a droplet", $"/ui/apps/{App}/droplets/v2?path=app"),
        ("two droplets", $"/ui/apps/{App}/compare?left=v1&right=v2"), ("events", "/ui/events"), ("the system", "/ui/system"),
    ];

    public string Name => "dashboard";

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        await using var slug = await Installation.StartAsync(cancellationToken);
        using var app = await PusherFolder.OfSampleAsync("procfile-hello", cancellationToken);
        foreach (var files in (int[])[Files, Files - 100])
        {
            await app.CommitManyAsync(files, cancellationToken);
            await app.PushAsync(slug.RemoteOf(App), cancellationToken);
        }

        await slug.QuietAsync(cancellationToken);
        using var browser = await SignedInAsync(slug, cancellationToken);
        var findings = new List<Finding>();
        await slug.RestartAsync(cancellationToken);
        findings.Add(await FirstOfAsync("the first page after a start", pages[0].Path, MostAfterStart));
        foreach (var (page, path) in pages[1..])
            findings.Add(await FirstOfAsync($"{page}, looked at first", path, Most));

        foreach (var (page, path) in pages)
            findings.Add(new Finding.Added(
                $"first byte of {page}",
                await Interleaved.MeasureAsync(
                    Rounds, async _ => await AskAsync(browser, slug.AddressOf(path), cancellationToken), async _ => await AskAsync(browser, slug.AddressOf("/healthz"), cancellationToken)),
                Most));
        return findings;

        async Task<Finding> FirstOfAsync(string page, string path, double most) => new Finding.Added(
            $"first byte of {page}",
            Interleaved.MediansOf([await AskAsync(browser, slug.AddressOf(path), cancellationToken)], [await AskAsync(browser, slug.AddressOf("/healthz"), cancellationToken)]),
            most);
    }

    private static async Task<HttpClient> SignedInAsync(Installation slug, CancellationToken cancellationToken)
    {
        var browser = new HttpClient();
        var page = slug.AddressOf("/ui/sign-in");
        var form = Key().Match(await browser.GetStringAsync(page, cancellationToken)).Groups["key"].Value;
        using var fields = new FormUrlEncodedContent([new("form", form), new("token", slug.Token), new("to", "/")]);
        using var entered = await browser.PostAsync(page, fields, cancellationToken);
        entered.EnsureSuccessStatusCode();
        return browser;
    }

    private static async Task<TimeSpan> AskAsync(HttpClient browser, Uri address, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var answer = await browser.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await using var body = await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(cancellationToken);
        await body.ReadExactlyAsync(new byte[1], cancellationToken);
        var taken = Stopwatch.GetElapsedTime(started);
        await body.CopyToAsync(Stream.Null, cancellationToken);
        return taken;
    }

    [GeneratedRegex("""name="form" value="(?<key>[^"]+)""")]
    private static partial Regex Key();
}
