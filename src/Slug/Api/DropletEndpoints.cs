using System.Text.Json.Nodes;
using Slug.Content;
using Slug.Content.Blobs;
using Slug.Droplets;
using Slug.Droplets.Records;
using Slug.Droplets.Statements;
using Slug.Releases;
using Slug.Tokens;

namespace Slug.Api;

/// <summary>What is known and signed of a droplet.</summary>
internal static class DropletEndpoints
{
    private const string Envelope = "application/vnd.dsse.envelope.v1+json";

    extension(IEndpointRouteBuilder api)
    {
        public void MapDroplets()
        {
            api.MapGet("/droplets/{droplet}", ShowAsync)
                .WithName("getDroplet").WithSummary("A droplet's record: by APP, APP@v7, or its digest or the first digits of it").Produces<DropletDetails>().Fails(404);
            api.MapGet("/droplets/{droplet}/provenance", (HttpContext http, string droplet, NamedDroplets named, Attestations attestations, CancellationToken cancellationToken) =>
                StatementAsync(http, StatementKind.Provenance, droplet, named, attestations, cancellationToken))
                .WithName("getProvenance").WithSummary("How a droplet was made, as SLSA provenance, signed").Produces<JsonObject>(200, Envelope).Fails(404, 500);
            api.MapGet("/droplets/{droplet}/sbom", (HttpContext http, string droplet, NamedDroplets named, Attestations attestations, CancellationToken cancellationToken) =>
                StatementAsync(http, StatementKind.Bill, droplet, named, attestations, cancellationToken))
                .WithName("getSbom").WithSummary("What a droplet is made of, as CycloneDX, signed").Produces<JsonObject>(200, Envelope).Fails(404, 500, 503);
        }
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http, string droplet, NamedDroplets named, ReleaseStore releases, ReferrerStore referrers, DropletStore droplets, CancellationToken cancellationToken)
    {
        var result = await named.FindAsync(droplet, Grant.Of(http), Scope.Read, cancellationToken);
        if (result is not NamedResult.Found found)
            return Problems.NoDroplet(result);
        var versions = (await releases.ListAsync(found.App, cancellationToken)).Where(release => release.Droplet == found.Droplet.Digest.ToString()).Select(release => release.Version);
        var kinds = (await referrers.ListAsync(found.Droplet.Manifest, cancellationToken)).Select(referrer => referrer.ArtifactType ?? "").Distinct().Order(StringComparer.Ordinal);
        var details = new DropletDetails(found.App.Name.ToString(), found.Record, [.. versions.Order()], [.. kinds], await droplets.DamageOfAsync(found.Droplet, cancellationToken));
        return TypedResults.Json(details, ApiJson.Default.DropletDetails);
    }

    private static async Task<IResult> StatementAsync(HttpContext http, StatementKind kind, string droplet, NamedDroplets named, Attestations attestations, CancellationToken cancellationToken)
    {
        var result = await named.FindAsync(droplet, Grant.Of(http), Scope.Read, cancellationToken);
        if (result is not NamedResult.Found found)
            return Problems.NoDroplet(result);
        try
        {
            var envelope = await attestations.OfAsync(kind, found.Droplet, found.Record, image: null, cancellationToken);
            return TypedResults.Bytes(envelope.Write(), Envelope);
        }
        catch (Exception damage) when (damage is DamagedBlobException or FileNotFoundException or InvalidDataException)
        {
            return Problems.Broken("SLUG4160", $"what droplet '{found.Droplet.Digest}' is made of cannot be told: it is damaged ({damage.Message}); 'slug fsck' says how to make it again");
        }
    }
}

/// <summary>A droplet of an app: its record, the app's releases that have it, what refers to it, and a damaged blob of it.</summary>
internal sealed record DropletDetails(string App, DropletRecord Record, IReadOnlyList<int> Releases, IReadOnlyList<string> Referrers, Digest? Damage);
