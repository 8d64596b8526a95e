using System.Text.RegularExpressions;
using Slug.Apps;
using Slug.Hosting;
using Slug.Pushes;
using Slug.Webhooks.Incoming;

namespace Slug.Api;

/// <summary>Finds the commit that is to be tested, and asks for it as a push would, but for no release.</summary>
internal sealed partial class TestRequests(Git git, DataDirectory data, DeliveryStore deliveries, PushOptions options, TimeProvider time)
{
    /// <summary>Null where the app has no such commit: of the deploy branch where none is named.</summary>
    public async Task<Push?> FindAsync(App app, string? commit, string by, CancellationToken cancellationToken)
    {
        var pushed = Repository.Of(app, data);
        var references = new References(pushed);
        var branch = options.DeployBranches.FirstOrDefault(name => references.Find(RefName.OfBranch(name)) is not null) ?? options.DeployBranches[0];
        if (commit is null)
            return references.Find(RefName.OfBranch(branch)) is { } head ? PushOf(app, by, branch, pushed, head) : null;
        foreach (var repository in Repository.AllOf(app, data).Where(repository => repository.Exists))
        {
            if (await FindCommitAsync(repository, commit, cancellationToken) is { } found)
                return PushOf(app, by, branch, repository, found) with { Origin = repository == pushed ? null : await deliveries.OriginOfAsync(app, found, cancellationToken) };
        }

        return null;
    }

    private Push PushOf(App app, string by, string branch, Repository repository, ObjectId commit) => new()
    {
        Id = Guid.CreateVersion7(time.GetUtcNow()),
        App = app,
        By = by,
        Branch = branch,
        OldCommit = ObjectId.Zero,
        NewCommit = commit,
        Repository = repository,
        Quarantine = null,
        ReceivedAt = time.GetUtcNow(),
        Wishes = new() { IsTest = true },
    };

    private async Task<ObjectId?> FindCommitAsync(Repository repository, string commit, CancellationToken cancellationToken)
    {
        if (!Digits().IsMatch(commit))
            return null;
        var parsed = await git.Command(repository, "rev-parse", "--verify", "--quiet", $"{commit}^{{commit}}").RunAsync(cancellationToken);
        return ObjectId.TryParse(parsed.Output.Trim(), null, out var id) ? id : null;
    }

    [GeneratedRegex(@"^[0-9a-f]{7,40}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();
}
