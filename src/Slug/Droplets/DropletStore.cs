using System.Data;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.Options;
using Slug.Apps;
using Slug.Builds;
using Slug.Content;
using Slug.Content.Oci;
using Slug.Content.Wire;
using Slug.Droplets.Records;
using Slug.Hosting;
using Slug.Pushes;

namespace Slug.Droplets;

/// <summary>The droplets: an OCI image layout on disk, and a row for each.</summary>
internal sealed class DropletStore(
    Database database, OciLayout images, LayerStore layers, StepStore steps, Recording recording, DamagedBlobs damaged, StoreTurn turn, Claims claims, IOptions<BuildOptions> options, TimeProvider time)
{
    private const string Columns = "select d.digest, d.manifest, d.processes, d.stack, d.size, d.is_compressed as IsCompressed, d.created_at as CreatedAt from droplets d";

    /// <summary>The droplet that this app's same inputs became before, claimed for its release; null where they are new, or it is damaged.</summary>
    public async Task<Droplet?> FindAsync(BuildPlan plan, CancellationToken cancellationToken)
    {
        var droplet = await database.ReadAsync(
            db => db.QuerySingleOrDefault<Row>(
                $"{Columns} join app_droplets a on a.droplet = d.digest where a.app_id = @Id and a.key = @key",
                new { plan.App.Id, key = DropletKey.Of(plan) }) is { } found && claims.Add(plan.Id, found.Digest) ? found.ToDroplet() : null,
            cancellationToken);
        return droplet is not null && await DamageOfAsync(droplet, cancellationToken) is null ? droplet : null;
    }

    public Task<Droplet?> FindAsync(Digest digest, CancellationToken cancellationToken) =>
        database.ReadAsync(db => db.QuerySingleOrDefault<Row>($"{Columns} where d.digest = @digest", new { digest })?.ToDroplet(), cancellationToken);

    /// <summary>The same, claimed for a push: no sweep takes it until that has ended.</summary>
    public Task<Droplet?> ClaimAsync(Push push, Digest digest, CancellationToken cancellationToken) =>
        database.ReadAsync(
            db => db.QuerySingleOrDefault<Row>($"{Columns} where d.digest = @digest", new { digest }) is { } found && claims.Add(push.Id, digest) ? found.ToDroplet() : null,
            cancellationToken);

    /// <summary>Those that the app made or has released, the newest first.</summary>
    public Task<IReadOnlyList<Droplet>> ListAsync(App app, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Droplet>>(
            db => db.Query<Row>($"{Columns} where d.digest in (select droplet from app_droplets where app_id = @Id union select droplet from releases where app_id = @Id) order by d.created_at desc", new { app.Id })
                .Select(row => row.ToDroplet()).ToList(),
            cancellationToken);

    /// <summary>A droplet's layers, lowest first.</summary>
    public Task<IReadOnlyList<Layer>> LayersAsync(Digest droplet, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Layer>>(
            db => db.Query<Layer>(
                """
                select l.diff_id as DiffId, l.tar_size as TarSize, l.blob, l.blob_size as BlobSize
                from droplet_layers d join layers l on l.diff_id = d.diff_id where d.droplet = @droplet order by d.position
                """,
                new { droplet }).AsList(),
            cancellationToken);

    /// <summary>A damaged blob of the droplet; null where none is known. Config and manifest are read for it, of layers the length is looked at.</summary>
    public async Task<Digest?> DamageOfAsync(Droplet droplet, CancellationToken cancellationToken)
    {
        foreach (var layer in await LayersAsync(droplet.Digest, cancellationToken))
        {
            if (!await damaged.SeemsWholeAsync(layer.Blob, layer.BlobSize, cancellationToken))
                return layer.Blob;
        }

        if (!await damaged.IsWholeAsync(droplet.Digest, cancellationToken))
            return droplet.Digest;
        return await damaged.IsWholeAsync(droplet.Manifest, cancellationToken) ? null : droplet.Manifest;
    }

    /// <summary>Makes a droplet of what a build handed in, claimed for its release. Null where it names layers that it never handed in, or more than a droplet may have: no builder does either by itself.</summary>
    public async Task<Droplet?> MakeAsync(BuildRun build, CancellationToken cancellationToken)
    {
        var outcome = (BuildOutcome.Succeeded)await build.Outcome;
        using var entered = await turn.EnterAsync(cancellationToken);
        var stored = new List<Layer>();
        foreach (var reference in outcome.Layers)
        {
            if (!claims.Holds(build.Plan.Id, reference.DiffId) || await layers.FindAsync(reference.DiffId, cancellationToken) is not { } layer)
                return null;
            stored.Add(layer);
        }

        if (stored.Sum(layer => layer.BlobSize) > options.Value.SlugLimit)
            return null;
        var config = await images.Blobs.WriteAsync(OciJson.Write(DropletImage.ConfigOf(build.Plan, outcome)), cancellationToken);
        var manifest = await WriteManifestAsync(config, stored, cancellationToken);
        var droplet = new Droplet
        {
            Digest = config,
            Manifest = manifest,
            IsCompressed = stored.TrueForAll(layer => layer.Form == LayerForm.Zstd),
            Processes = outcome.Processes,
            Stack = build.Plan.Stack.Name,
            Size = stored.Sum(layer => layer.BlobSize),
            CreatedAt = time.GetUtcNow(),
        };
        var record = recording.Of(build, outcome, droplet, stored);
        await database.WriteAsync(
            db =>
            {
                damaged.Remove(db, droplet.Digest);
                damaged.Remove(db, droplet.Manifest);
                Insert(db, droplet, stored);
                steps.Keep(db, build.Plan, outcome.Steps);
                DropletRecords.Add(db, record);
                return claims.Add(build.Plan.Id, droplet.Digest);
            },
            cancellationToken);
        return droplet;
    }

    /// <summary>Writes a droplet's manifest, for who has the store's turn. It takes the place of the one before.</summary>
    public async Task<Digest> WriteManifestAsync(Digest droplet, IReadOnlyList<Layer> layers, CancellationToken cancellationToken)
    {
        var config = new Descriptor { MediaType = MediaTypes.Config, Digest = droplet, Size = images.Blobs.Length(droplet) ?? throw new FileNotFoundException($"blob '{droplet}' is not in the store") };
        var json = OciJson.Write(DropletImage.ManifestOf(config, layers));
        var manifest = new Descriptor { MediaType = MediaTypes.Manifest, Digest = await images.Blobs.WriteAsync(json, cancellationToken), Size = json.Length };
        var replaced = (await FindAsync(droplet, cancellationToken))?.Manifest;
        await images.ChangeIndexAsync(
            index => index with { Manifests = [.. index.Manifests.Where(known => known.Digest != manifest.Digest && known.Digest != replaced), manifest] }, cancellationToken);
        return manifest.Digest;
    }

    /// <summary>Keeps what these inputs became, inside the transaction that releases it.</summary>
    public void Remember(IDbConnection db, BuildPlan plan, Droplet droplet)
    {
        if (db.ExecuteScalar<int>("select count(*) from app_droplets where app_id = @Id and droplet = @Digest", new { plan.App.Id, droplet.Digest }) == 0)
            Events.Append(db, time, plan.By, "droplet.created", plan.App.Name, droplet.Digest.ToString(), $"build {plan.Id}");
        db.Execute(
            """
            insert into app_droplets (app_id, key, droplet, build_id, created_at) values (@appId, @key, @Digest, @buildId, @now)
            on conflict (app_id, key) do update set droplet = excluded.droplet, build_id = excluded.build_id
            """,
            new { appId = plan.App.Id, key = DropletKey.Of(plan), droplet.Digest, buildId = plan.Id, now = time.GetUtcNow() });
    }

    /// <summary>What buildpacks set for run time, from the image's config.</summary>
    public async Task<IReadOnlyDictionary<string, string>> EnvironmentAsync(Droplet droplet, CancellationToken cancellationToken)
    {
        var json = new MemoryStream();
        await damaged.ReadAsync(droplet.Digest, blob => blob.CopyToAsync(json, cancellationToken));
        var config = OciJson.ReadConfig(json.ToArray());
        return (config.Process?.Environment ?? []).Select(variable => variable.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
    }

    /// <summary>At start: what a crash left half-written goes.</summary>
    public void Sweep() => images.Blobs.SweepTemporary();

    private static void Insert(IDbConnection db, Droplet droplet, List<Layer> stored)
    {
        db.Execute(
            """
            insert into droplets (digest, manifest, is_compressed, processes, stack, size, created_at) values (@Digest, @Manifest, @IsCompressed, @processes, @Stack, @Size, @CreatedAt)
            on conflict (digest) do update set manifest = excluded.manifest, size = excluded.size, is_compressed = excluded.is_compressed
            """,
            new
            {
                droplet.Digest,
                droplet.Manifest,
                droplet.IsCompressed,
                processes = JsonSerializer.Serialize(droplet.Processes, DropletJson.Default.IReadOnlyDictionaryStringString),
                droplet.Stack,
                droplet.Size,
                droplet.CreatedAt,
            });
        var rows = stored.Select((layer, position) => new { droplet = droplet.Digest, position, layer.DiffId });
        db.Execute("insert or ignore into droplet_layers (droplet, position, diff_id) values (@droplet, @position, @DiffId)", rows);
    }

    private sealed record Row
    {
        public required Digest Digest { get; init; }

        public required Digest Manifest { get; init; }

        public required bool IsCompressed { get; init; }

        public required string Processes { get; init; }

        public required string Stack { get; init; }

        public required long Size { get; init; }

        public required DateTimeOffset CreatedAt { get; init; }

        public Droplet ToDroplet() => new()
        {
            Digest = Digest,
            Manifest = Manifest,
            IsCompressed = IsCompressed,
            Processes = JsonSerializer.Deserialize(Processes, DropletJson.Default.IReadOnlyDictionaryStringString)!,
            Stack = Stack,
            Size = Size,
            CreatedAt = CreatedAt,
        };
    }
}
