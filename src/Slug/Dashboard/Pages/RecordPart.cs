using Slug.Content;
using Slug.Dashboard.Markup;
using Slug.Droplets;
using Slug.Droplets.Records;

namespace Slug.Dashboard.Pages;

/// <summary>A droplet's layers, and its record.</summary>
internal static class RecordPart
{
    public static Html Layers(IReadOnlyList<Layer> layers) =>
        $"""
        <h2>Layers</h2>
        <table>
        <thead><tr><th scope="col">Layer</th><th scope="col">Files as tar</th><th scope="col">As stored</th></tr></thead>
        <tbody>
        {layers.Select(layer => (Html)$"<tr><th scope=\"row\">{Show.DigestOf(layer.DiffId)}</th><td data-label=\"Files as tar\">{Show.Size(layer.TarSize)}</td><td data-label=\"As stored\">{Show.Size(layer.BlobSize)}</td></tr>\n")}
        </tbody>
        </table>
        """;

    public static Html Of(DropletRecord record) =>
        $"""
        <h2>Record</h2>
        <p class="hint">All that went into it: enough to make it again (<code>slug verify {record.Droplet.ToShortString()}</code>).</p>
        <dl class="facts">
        <div><dt>Build</dt><dd><a href="/ui/builds/{record.Build}"><code>{record.Build}</code></a>, {Show.Duration(record.FinishedAt - record.StartedAt)}</dd></div>
        <div><dt>Source</dt><dd>tree {Show.Commit(record.Source.Tree)} of commit {Show.Commit(record.Source.Commit)}, branch {record.Source.Branch}, folder {record.Source.Folder}</dd></div>
        <div><dt>Stack</dt><dd>{record.Stack.Name}, build image {Show.DigestOf(record.Stack.BuildImage)}, run image {Show.DigestOf(record.Stack.RunImage)}</dd></div>
        <div><dt>Made by</dt><dd>Slug {record.Slug}, builder {Show.DigestOf(record.Builder)}</dd></div>
        <div><dt>Given from earlier builds</dt><dd>{UsesOf(record.Uses)}</dd></div>
        <div><dt>Config vars</dt><dd>{(record.ConfigVars.Count == 0 ? "none" : string.Join(", ", record.ConfigVars.Keys.Order(StringComparer.Ordinal)))}</dd></div>
        <div><dt>Limits</dt><dd>{Show.Duration(record.Limits.Timeout)}, {ByteSize.InWords(record.Limits.Memory)} of memory, network {record.Limits.Network}</dd></div>
        </dl>
        <h3>Buildpacks</h3>
        <table>
        <thead><tr><th scope="col">Buildpack</th><th scope="col">Digest</th><th scope="col">What it did</th></tr></thead>
        <tbody>
        {record.Buildpacks.Select(Buildpack)}
        </tbody>
        </table>
        <h3>Phases</h3>
        <ul class="phases">
        {record.Phases.Select(phase => (Html)$"<li>{phase.Phase} {Show.Duration(phase.FinishedAt - phase.StartedAt)}</li>\n")}
        </ul>
        """;

    private static Html Buildpack(RecordedBuildpack buildpack) =>
        $"""
        <tr>
        <th scope="row">{buildpack.Name}{(buildpack.Revision is { } revision ? $" <code>{revision}</code>" : Html.None)}</th>
        <td data-label="Digest">{(buildpack.Digest is { } digest ? Show.DigestOf(digest) : (Html)$"–")}</td>
        <td data-label="What it did">{(buildpack.Compiled ? $"compiled: {buildpack.Description}" : "did not know the app")}</td>
        </tr>

        """;

    private static string UsesOf(RecordedUses uses) => (uses.Cache, uses.Steps.Count) switch
    {
        (null, 0) => "nothing",
        (null, var steps) => Show.Count(steps, "step"),
        ({ } cache, 0) => $"its cache, {ByteSize.InWords(cache.Size)}",
        ({ } cache, var steps) => $"its cache, {ByteSize.InWords(cache.Size)}, and {Show.Count(steps, "step")}",
    };
}
