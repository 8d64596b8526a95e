using Slug.Content;
using Slug.Dashboard.Contents;
using Slug.Dashboard.Markup;
using Slug.Droplets;

namespace Slug.Dashboard.Pages;

/// <summary>Two droplets of an app: which files came, went and changed.</summary>
internal static class ComparePage
{
    // More are counted, not shown.
    private const int Most = 500;

    public static async Task<IResult> ShowAsync(HttpContext http, AppDroplets named, DropletChanges changes, string? left, string? right)
    {
        var app = AppOfPage.Of(http);
        if (await named.FindAsync(app, left ?? "", http.RequestAborted) is not { } one)
            return DropletPage.None(left ?? "", app.Name.ToString());
        if (await named.FindAsync(app, right ?? "", http.RequestAborted) is not { } other)
            return DropletPage.None(right ?? "", app.Name.ToString());
        return new Page
        {
            Title = $"Two droplets of {app.Name}",
            Tab = new(app.Name.ToString(), "Droplets"),
            Main =
                $"""
                <h2>From {NameOf(left!, one)} to {NameOf(right!, other)}</h2>
                <dl class="facts">
                <div><dt>From</dt><dd>{Show.Droplet($"{app.Name}", one.Digest)}, {Show.Size(one.Size)} as stored</dd></div>
                <div><dt>To</dt><dd>{Show.Droplet($"{app.Name}", other.Digest)}, {Show.Size(other.Size)} as stored</dd></div>
                </dl>
                """,
            Rest = Page.Later(cancellationToken => DropletPage.OrDamageAsync(
                other, async () => List(await changes.FindAsync(one, other, new(WordsOf(left!, one), WordsOf(right!, other)), cancellationToken)))),
        };
    }

    private static Html List(IEnumerable<Change> found)
    {
        var shown = new List<Change>();
        var counts = new Dictionary<string, int> { ["added"] = 0, ["removed"] = 0, ["changed"] = 0 };
        foreach (var change in found)
        {
            counts[change.Kind]++;
            if (shown.Count < Most)
                shown.Add(change);
        }

        if (shown.Count == 0)
            return $"<p class=\"summary\">They are the same.</p>";
        return
            $"""
            <p class="summary"><span class="added">{counts["added"]} added</span>, <span class="removed">{counts["removed"]} removed</span>, <span class="changed">{counts["changed"]} changed</span></p>
            {(counts.Values.Sum() > Most ? $"<p class=\"hint\">The first {Most} of them.</p>" : Html.None)}
            <table>
            <thead><tr><th scope="col">File</th><th scope="col">What</th><th scope="col">From</th><th scope="col">To</th><th scope="col">By</th></tr></thead>
            <tbody>
            {shown.Select(Row)}
            </tbody>
            </table>
            """;
    }

    private static Html Row(Change change) =>
        $"""
        <tr class="{change.Kind}">
        <th scope="row"><code>{change.Path}</code></th>
        <td data-label="What">{change.What ?? change.Kind}</td>
        <td data-label="From">{SizeOf(change.Before)}</td>
        <td data-label="To">{SizeOf(change.After)}</td>
        <td data-label="By"><span class="size">{(change is { Before: null, After: null } ? "" : Growth((change.After ?? 0) - (change.Before ?? 0)))}</span></td>
        </tr>

        """;

    private static Html SizeOf(long? size) => size is { } bytes ? Show.Size(bytes) : $"–";

    private static string Growth(long bytes) => bytes switch
    {
        0 => "±0",
        > 0 => $"+{ByteSize.InWords(bytes)}",
        _ => $"−{ByteSize.InWords(-bytes)}",
    };

    private static string WordsOf(string text, Droplet droplet) => text.StartsWith('v') ? text : droplet.Digest.ToShortString();

    private static Html NameOf(string text, Droplet droplet) => text.StartsWith('v') ? $"{text}" : Show.DigestOf(droplet.Digest);
}
