using Slug.Builds;
using Slug.Droplets;
using Slug.Hosting;

namespace Slug.Releases;

/// <summary>Makes a droplet the app's next release: build, droplet and release become true together, then it is told.</summary>
internal sealed class Releaser(Database database, BuildStore builds, DropletStore droplets, ReleaseStore releases, UploadedSlugs slugs)
{
    public async Task ReleaseAsync(BuildPlan plan, Droplet droplet, bool cached, BuildLog log, CancellationToken cancellationToken)
    {
        var commit = plan.Source.Commit.ToString();
        var version = await database.WriteAsync(
            db =>
            {
                builds.Succeed(db, plan, droplet.Digest, cached);
                droplets.Remember(db, plan, droplet);
                var made = releases.Create(db, plan.App, droplet.Digest, commit, $"Deploy {commit[..8]}", plan.By);
                BuildStore.Released(db, plan, made);
                return made;
            },
            cancellationToken);
        if (cached)
            log.Say($"-----> Droplet {droplet.Digest} is current (same source, stack, buildpacks and config)");
        BuildReport.TellDropped(log);
        log.Say($"-----> Released v{version}");
        log.Say($"       Start it: ./slug run {plan.App.Name}");
    }

    /// <summary>The same of a slug that was uploaded, but for the release: who uploaded it says when.</summary>
    public async Task KeepAsync(BuildPlan plan, Droplet droplet, bool cached, BuildLog log, CancellationToken cancellationToken)
    {
        await database.WriteAsync(
            db =>
            {
                builds.Succeed(db, plan, droplet.Digest, cached);
                droplets.Remember(db, plan, droplet);
                return slugs.Fill(db, plan, droplet);
            },
            cancellationToken);
        log.Say($"-----> Droplet {droplet.Digest}");
        log.Say($"       Release it: POST /apps/{plan.App.Name}/releases");
    }
}
