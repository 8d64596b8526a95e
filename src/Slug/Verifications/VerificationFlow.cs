using System.Text.Json;
using Slug.Builds;
using Slug.Content;
using Slug.Droplets;
using Slug.Droplets.Records;
using Slug.Pushes;

namespace Slug.Verifications;

/// <summary>A record becomes a plan, the plan a build, and what comes of that is compared with the droplet. Nothing is released, and nothing kept but the outcome.</summary>
internal sealed class VerificationFlow(
    DropletRecords records, DropletStore droplets, DamagedBlobs damaged, RecordedPlans plans, BuildRuns builds, RebuildComparison comparison, BuildReport report, BuildStore store, TimeProvider time)
{
    public async Task RunAsync(Push push, Digest digest, BuildLog log, CancellationToken stopping)
    {
        var started = time.GetTimestamp();
        var record = await records.FindAsync(push.App, digest, stopping) ?? throw new InvalidOperationException($"the droplet '{digest}' has no record any more");
        log.Say($"-----> Making {digest} of '{push.App.Name}' again, by the record of build {record.Build}");
        var outcome = await EndAsync(push, record, log, stopping) with { Seconds = time.GetElapsedTime(started).TotalSeconds };
        foreach (var line in VerificationPage.Lines(outcome))
            log.Say(line);
        await store.KeepVerificationAsync(push.Id, JsonSerializer.Serialize(outcome, VerificationJson.Default.VerificationReport), CancellationToken.None);
    }

    private async Task<VerificationReport> EndAsync(Push push, DropletRecord record, BuildLog log, CancellationToken stopping)
    {
        var blank = new VerificationReport { Build = push.Id, App = push.App.Name.ToString(), Droplet = record.Droplet, Verdict = Verdict.Unverifiable };
        var planned = await PlanAsync(push, record, stopping);
        if (planned is RecordedPlan.Impossible(var reason))
        {
            log.Say($" !     {reason}");
            await store.RefuseAsync(push, push.By, reason, record.Source.Tree);
            return blank with { Message = reason };
        }

        var plan = ((RecordedPlan.Made)planned).Plan;
        using var build = await builds.RunAsync(plan, log, stopping);
        if (build is null)
            return blank with { Message = (await store.FindAsync(plan.Id, stopping))?.Message };
        if (await comparison.CompareAsync(build, record.Droplet, stopping) is not { } rebuild)
        {
            var broken = new BuildResult.Broken("SLUG4001: the build names a layer that it never handed in; try again");
            await report.TellAsync(plan, log, broken);
            return blank with { Message = broken.Message };
        }

        var outcome = blank with { Verdict = rebuild.Count == 0 ? Verdict.Identical : Verdict.Different, Rebuilt = rebuild.Digest, Count = rebuild.Count, Differences = rebuild.Differences };
        await store.FinishVerificationAsync(plan, outcome.Verdict == Verdict.Identical, CancellationToken.None);
        return outcome;
    }

    // Read from end to end: what is compared by digest alone is what is on disk, too.
    private async Task<RecordedPlan> PlanAsync(Push push, DropletRecord record, CancellationToken cancellationToken)
    {
        var droplet = await droplets.ClaimAsync(push, record.Droplet, cancellationToken) ?? throw new InvalidOperationException($"the droplet '{record.Droplet}' is gone");
        foreach (var layer in await droplets.LayersAsync(droplet.Digest, cancellationToken))
            await damaged.IsWholeAsync(layer.Blob, cancellationToken);
        return await droplets.DamageOfAsync(droplet, cancellationToken) is { } blob
            ? RecordedPlan.Damaged(record, blob)
            : await plans.MakeAsync(push, record, cancellationToken);
    }
}
