using Slug.Content.Blobs;
using Slug.Dashboard.Contents;
using Slug.Dashboard.Markup;
using Slug.Droplets;
using Slug.Droplets.Listings;
using Slug.Droplets.Records;
using Slug.Releases;

namespace Slug.Dashboard.Pages;

/// <summary>A droplet: what it weighs and where, its layers, and all that went into it.</summary>
internal static class DropletPage
{
    public static async Task<IResult> ShowAsync(
        HttpContext http, string droplet, AppDroplets named, DropletListings listings, DropletStore droplets, DropletRecords records, ReleaseStore releases, string? path)
    {
        var app = AppOfPage.Of(http);
        if (await named.FindAsync(app, droplet, http.RequestAborted) is not { } found)
            return None(droplet, app.Name.ToString());
        var versions = (await releases.ListAsync(app, http.RequestAborted)).Where(release => release.Droplet == found.Digest.ToString()).Select(release => $"v{release.Version}");
        var record = await records.FindAsync(app, found.Digest, http.RequestAborted);
        var address = $"/ui/apps/{app.Name}/droplets/{found.Digest.Hex}";
        return new Page
        {
            Title = $"Droplet {found.Digest.ToShortString()}",
            Tab = new(app.Name.ToString(), "Droplets"),
            Main = Facts(found, versions, address),
            Rest = Page.Later(async cancellationToken =>
                $"""
                <h2 id="contents">Contents</h2>
                {await ContentsAsync(listings, found, path?.Trim('/') ?? "", address, cancellationToken)}
                {RecordPart.Layers(await droplets.LayersAsync(found.Digest, cancellationToken))}
                {(record is null ? $"<p>Nothing is recorded of it: an older Slug made it.</p>" : RecordPart.Of(record))}
                """),
        };
    }

    public static Page None(string droplet, string app) => Problem.Page(
        new(app, "Droplets"),
        StatusCodes.Status404NotFound, $"SLUG4151: there is no droplet '{droplet}' of '{app}'; 'slug droplets {app}' lists those there are");

    /// <summary>What takes reading a droplet's layers; or that it is damaged.</summary>
    public static async Task<Html> OrDamageAsync(Droplet droplet, Func<Task<Html>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception damage) when (damage is DamagedBlobException or FileNotFoundException or InvalidDataException)
        {
            return Problem.Note($"SLUG4160: what droplet '{droplet.Digest}' is made of cannot be told: it is damaged ({damage.Message}); 'slug fsck' says how to make it again");
        }
    }

    private static Task<Html> ContentsAsync(DropletListings listings, Droplet droplet, string folder, string address, CancellationToken cancellationToken) =>
        OrDamageAsync(droplet, async () => SizeMap.Of(Weight.In(await listings.OfAsync(droplet.Digest, cancellationToken), folder), folder, address));

    private static Html Facts(Droplet droplet, IEnumerable<string> versions, string address) =>
        $"""
        <h2>Droplet {Show.DigestOf(droplet.Digest)}</h2>
        <dl class="facts">
        <div><dt>Releases</dt><dd>{string.Join(", ", versions.DefaultIfEmpty("none"))}</dd></div>
        <div><dt>Size as stored</dt><dd>{Show.Size(droplet.Size)}</dd></div>
        <div><dt>Stack</dt><dd>{droplet.Stack}</dd></div>
        <div><dt>Made</dt><dd>{Show.Time(droplet.CreatedAt)}</dd></div>
        <div class="wide"><dt>Digest</dt><dd><code>{droplet.Digest}</code></dd></div>
        </dl>
        <table>
        <thead><tr><th scope="col">Process type</th><th scope="col">Command</th></tr></thead>
        <tbody>
        {droplet.Processes.OrderBy(process => process.Key, StringComparer.Ordinal).Select(process => (Html)$"<tr><th scope=\"row\">{process.Key}</th><td><code>{process.Value}</code></td></tr>\n")}
        </tbody>
        </table>
        <p><a href="{address}/packages">Its packages (bill of materials)</a></p>
        """;
}
