using System.Diagnostics;
using Slug.Builds;
using Slug.Droplets;
using Slug.Pushes;
using Slug.Releases;
using Slug.Sources;
using Slug.Telemetry;
using Slug.Verifications;

namespace Slug.Hosting;

/// <summary>A push becomes a source, a source becomes a build, a build becomes a droplet, a droplet becomes a release.</summary>
internal sealed class DeployFlow(
    SourceReader sources,
    BuildPlans plans,
    BuildRuns builds,
    BuildReport report,
    BuildStore store,
    DropletStore droplets,
    LateCompression compression,
    Releaser releases,
    VerificationFlow verifications,
    Intake intake,
    BuildMeasures measures,
    Meters meters,
    Traces traces,
    BuildLogs logs,
    ILogger<DeployFlow> operatorLog)
{
    /// <summary>Carries one push to its end, whatever that is; never throws.</summary>
    public async Task CarryAsync(Deploy deploy, CancellationToken stopping)
    {
        using var span = traces.Begin("deploy", ActivityKind.Internal, deploy.Push.Trace);
        span?.SetTag("slug.app", deploy.Push.App.Name.ToString()).SetTag("slug.commit", deploy.Push.NewCommit.ToString());
        try
        {
            using var passage = await intake.EnterAsync(deploy.Log.Say);
            var accepted = await DeployAsync(deploy, stopping);
            // Its build has a page, on which it can be built again.
            if (!accepted)
                RejectedPushes.Keep(deploy.Push);
            deploy.End(accepted);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested || intake.IsStopping)
        {
            deploy.Log.Say(" !     SLUG9007: the service is stopping; push again when it is back");
        }
        catch (Exception exception)
        {
            deploy.Log.Say(" !     SLUG9005: the service failed, not your app; the operator's log says why. Push again");
            operatorLog.DeployFailed(deploy.Push.Id, exception);
            await store.RefuseAsync(deploy.Push, Events.Itself, "SLUG9005: the service failed, not your app; push again");
        }
        finally
        {
            deploy.End(isAccepted: false);
            logs.Finish(deploy.Push.Id);
            compression.Wake();
        }
    }

    private async Task<bool> DeployAsync(Deploy deploy, CancellationToken stopping)
    {
        var (push, log) = (deploy.Push, deploy.Log);
        if (push.Wishes.Verifies is { } verified)
        {
            await verifications.RunAsync(push, verified, log, stopping);
            return false;
        }

        var read = await traces.InAsync("source", () => sources.ReadAsync(push, stopping));
        if (read is SourceResult.Refused(var mistake))
            return await RefuseAsync(deploy, mistake);
        var source = Tell((SourceResult.Read)read, log);
        var planned = await traces.InAsync("plan", () => plans.MakeAsync(push, source, log.Say, stopping));
        if (planned is PlanResult.Refused(var reason))
            return await RefuseAsync(deploy, reason);
        var plan = ((PlanResult.Made)planned).Plan;
        if (plan.IsTest)
        {
            using var tested = await builds.RunAsync(plan, log, stopping);
            return false;
        }

        if (plan.Cache == CacheWish.Use && await KnownAsync(plan, stopping) is { } known)
        {
            await ReleaseAsync(plan, known, cached: true, log, stopping);
            return true;
        }

        using var build = await builds.RunAsync(plan, log, stopping);
        if (build is null)
            return false;
        if (await traces.InAsync("droplet", () => droplets.MakeAsync(build, stopping)) is not { } droplet)
        {
            await report.TellAsync(plan, log, new BuildResult.Broken("SLUG4001: the build names a layer that it never handed in, or more of them than a slug may have; push again, and look at its buildpack when it happens twice"));
            return false;
        }

        await ReleaseAsync(plan, droplet, cached: false, log, stopping);
        build.Settle(succeeded: true);
        return true;
    }

    private async Task<Droplet?> KnownAsync(BuildPlan plan, CancellationToken stopping)
    {
        var known = await droplets.FindAsync(plan, stopping);
        meters.Looked("droplet", known is not null);
        if (known is not null)
            measures.Known();
        return known;
    }

    private Task ReleaseAsync(BuildPlan plan, Droplet droplet, bool cached, BuildLog log, CancellationToken stopping) => traces.InAsync(
        "release", () => plan.IsSlug ? releases.KeepAsync(plan, droplet, cached, log, stopping) : releases.ReleaseAsync(plan, droplet, cached, log, stopping));

    // Gives that it is not accepted.
    private async Task<bool> RefuseAsync(Deploy deploy, string message)
    {
        deploy.Log.Say($" !     {message}");
        await store.RefuseAsync(deploy.Push, deploy.Push.By, message);
        return false;
    }

    private static Source Tell(SourceResult.Read read, BuildLog log)
    {
        foreach (var note in read.Notes)
            log.Say(note);
        foreach (var warning in read.Warnings)
            log.Say($" !     {warning}");
        return read.Source;
    }
}
