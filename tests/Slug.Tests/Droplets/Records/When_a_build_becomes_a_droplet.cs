using System.Text.Json;
using Dapper;
using Slug.Builds;
using Slug.Content.Wire;
using Slug.Droplets.Records;

namespace Slug.Tests.Droplets.Records;

[CancelAfter(60_000)]
public class When_a_build_becomes_a_droplet
{
    private RecordScene scene = null!;

    [SetUp]
    public async Task OpenAsync() => scene = await RecordScene.OpenAsync();

    [TearDown]
    public void Close() => scene.Dispose();

    [Test]
    public async Task Should_record_its_source_stack_and_limits(CancellationToken cancellationToken)
    {
        var plan = scene.Plan();
        var record = await RecordAsync(plan, await scene.OutcomeAsync(), cancellationToken);
        Assert.That(
            (record.Build, record.App, record.Source.Commit, record.Source.Tree, record.Source.Folder, record.Source.Branch),
            Is.EqualTo((plan.Id, "app", new string('c', 40), new string('d', 40), "apps/web", "main")));
        Assert.That(record.Source.LargeFilesOf, Is.EqualTo((Guid[])[plan.App.Id]));
        Assert.That((record.Stack.BuildImage, record.Stack.RunImage, record.Builder), Is.EqualTo((plan.Stack.BuildImage, plan.Stack.RunImage, plan.Builder)));
        Assert.That((record.Limits.Timeout, record.Limits.Network), Is.EqualTo((TimeSpan.FromMinutes(15), "none")));
        Assert.That(record.Environment["SOURCE_DATE_EPOCH"], Is.EqualTo("315532801"));
        Assert.That(record.Layers.Select(layer => layer.DiffId), Is.EqualTo((await scene.Droplets.LayersAsync(record.Droplet, cancellationToken)).Select(layer => layer.DiffId)));
    }

    [Test]
    public async Task Should_record_the_buildpacks_in_order_and_which_of_them_compiled(CancellationToken cancellationToken)
    {
        var ofSource = StoreScene.DigestOf("mine");
        var outcome = await scene.OutcomeAsync() with
        {
            Buildpacks =
            [
                new("./mine", ofSource, "Mine"), new("nodejs", StoreScene.DigestOf("nodejs"), "Node.js"),
                new("https://host/python", StoreScene.DigestOf("another one than it was given"), "Python"), new("forged", ofSource, "Forged"),
            ],
        };
        var record = await RecordAsync(scene.Plan(), outcome, cancellationToken);
        Assert.That(record.BuildpacksBy, Is.EqualTo("push option"));
        Assert.That(
            record.Buildpacks.Select(buildpack => (buildpack.Name, buildpack.Digest, buildpack.Compiled, buildpack.InSource)),
            Is.EqualTo((object[])[("nodejs", StoreScene.DigestOf("nodejs"), true, false), ("./mine", ofSource, true, true), ("https://host/python", StoreScene.DigestOf("python"), false, false)]));
        Assert.That(record.Buildpacks[2].Revision, Is.EqualTo("v1"));
    }

    [Test]
    public async Task Should_record_phases_and_what_was_used_of_earlier_builds(CancellationToken cancellationToken)
    {
        var kept = new KeptStep { Layer = new(StoreScene.DigestOf("step"), 7), StoredSize = 3, ForRunAlone = false, Build = "earlier" };
        var record = await RecordAsync(scene.Plan(), await scene.OutcomeAsync(), cancellationToken, run =>
        {
            run.Steps[kept.Layer.DiffId] = kept;
            run.Note(Mark(BuildPhase.Fetch, 0));
            run.Note(Mark(BuildPhase.Fetch, 2, exitCode: 0));
            run.Note(Mark(BuildPhase.Fetch, 9, exitCode: 1));
            run.Note(Mark((BuildPhase)12345, 3));
            run.Note(Mark(BuildPhase.Detect, 4, exitCode: 0));
            run.Note(Mark(BuildPhase.Submit, 5));
        });
        Assert.That(record.Phases.Select(phase => (phase.Phase, phase.ExitCode)), Is.EqualTo((object[])[("fetch", 0), ("submit", 0)]), "the first word on each counts");
        Assert.That(record.Phases[0].FinishedAt - record.Phases[0].StartedAt, Is.EqualTo(TimeSpan.FromSeconds(2)));
        Assert.That((record.StartedAt, record.Phases[1].FinishedAt), Is.EqualTo((RecordScene.Begin, record.FinishedAt)));
        Assert.That((record.Uses.Wish, record.Uses.Cache), Is.EqualTo(("use", (RecordedCache?)null)));
        Assert.That(record.Uses.Steps, Is.EqualTo((RecordedStep[])[new("earlier", kept.Layer.DiffId, 7)]));
    }

    [Test]
    public async Task Should_hold_no_value_of_a_config_var(CancellationToken cancellationToken)
    {
        var outcome = await scene.OutcomeAsync() with
        {
            Buildpacks = [new("nodejs", StoreScene.DigestOf("nodejs"), "knows geheimnis")],
            Reports = [new("nodejs", new Dictionary<string, string> { ["node_version"] = "22 geheimnis" })],
        };
        var record = await RecordAsync(scene.Plan(), outcome, cancellationToken);
        Assert.That(record.ConfigVars["SECRET"], Is.EqualTo(scene.Key.DigestOf(scene.Store.App.Id, "SECRET", "geheimnis")));
        Assert.That(JsonSerializer.Serialize(record, RecordJson.Default.DropletRecord), Does.Not.Contain("geheimnis").And.Contain("node_version"));
    }

    [Test]
    public async Task Should_keep_the_record_as_long_as_the_droplet(CancellationToken cancellationToken)
    {
        var droplet = await scene.MakeAsync(scene.Plan(), await scene.OutcomeAsync());
        await scene.Store.SweepAsync(new(Keep: 1, long.MaxValue), cancellationToken);
        Assert.That(await scene.Records.FindAsync(scene.Store.App, droplet.Digest, cancellationToken), Is.Not.Null);
        await scene.Store.SweepAsync(new(Keep: 0, long.MaxValue), cancellationToken);
        Assert.That(await scene.Store.Database.ReadAsync(db => db.ExecuteScalar<int>("select count(*) from droplet_records"), cancellationToken), Is.Zero);
    }

    [Test]
    public async Task Should_tell_another_app_nothing(CancellationToken cancellationToken)
    {
        var droplet = await scene.MakeAsync(scene.Plan(), await scene.OutcomeAsync());
        Assert.That(await scene.Records.FindAsync(await scene.Store.AppAsync("other"), droplet.Digest, cancellationToken), Is.Null);
    }

    private async Task<DropletRecord> RecordAsync(BuildPlan plan, BuildOutcome.Succeeded outcome, CancellationToken cancellationToken, Action<BuildRun>? during = null)
    {
        var droplet = await scene.MakeAsync(plan, outcome, during);
        return (await scene.Records.FindAsync(plan.App, droplet.Digest, cancellationToken))!;
    }

    private static PhaseEvent Mark(BuildPhase phase, int second, int? exitCode = null) =>
        new() { At = RecordScene.Begin.AddSeconds(second), Phase = phase, ExitCode = exitCode };
}
