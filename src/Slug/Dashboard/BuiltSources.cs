using Slug.Apps;
using Slug.Builds;
using Slug.Hosting;
using Slug.Pushes;
using Slug.Sources;
using Slug.Webhooks.Incoming;

namespace Slug.Dashboard;

/// <summary>Finds what a build was built of, and asks for it once more as its push did: in the app's repository, among what rejected pushes brought, or among the commits that webhooks named.</summary>
internal sealed class BuiltSources(Git git, DataDirectory data, RejectedPushes rejected, DeliveryStore deliveries, TimeProvider time)
{
    /// <summary>Null where it is gone.</summary>
    public async Task<Push?> FindAsync(App app, Build build, string by, CancellationToken cancellationToken)
    {
        var commit = ObjectId.Parse(build.CommitId);
        var (own, fetched) = (Repository.Of(app, data), Repository.OfFetched(app, data));
        if (await HoldsAsync(own, commit, cancellationToken))
            return PushOf(app, build, by, own);
        if (await rejected.FindAsync(own, commit, cancellationToken) is { } quarantine)
            return PushOf(app, build, by, own) with { Quarantine = quarantine };
        return await HoldsAsync(fetched, commit, cancellationToken)
            ? PushOf(app, build, by, fetched) with { Origin = await deliveries.OriginOfAsync(app, commit, cancellationToken) }
            : null;
    }

    private async Task<bool> HoldsAsync(Repository repository, ObjectId commit, CancellationToken cancellationToken) =>
        repository.Exists && await new PushedObjects(repository, null, git).TreeOfAsync(commit, cancellationToken) is not null;

    private Push PushOf(App app, Build build, string by, Repository repository) => new()
    {
        Id = Guid.CreateVersion7(time.GetUtcNow()),
        App = app,
        By = by,
        Branch = build.Branch,
        OldCommit = ObjectId.Zero,
        NewCommit = ObjectId.Parse(build.CommitId),
        Repository = repository,
        Quarantine = null,
        ReceivedAt = time.GetUtcNow(),
        Wishes = PushWishes.Read(build.Options?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? []) with
        {
            IsTest = build.IsTest,
            Slug = build.Slug,
            // What is known is answered without a build: who asks for one again wants it built.
            Cache = build.Droplet is null ? CacheWish.Use : CacheWish.PassOver,
        },
    };
}
