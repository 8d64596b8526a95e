using System.Text.RegularExpressions;
using Slug.Apps;
using Slug.Hosting;
using Slug.Pushes;

namespace Slug.Api;

/// <summary>Finds the commit that is to be tested, and asks for it as a push would, but for no release.</summary>
internal sealed partial class TestRequests(Git git, DataDirectory data, PushOptions options, TimeProvider time)
{
    /// <summary>Null where the app has no such commit: of the deploy branch where none is named.</summary>
    public async Task<Push?> FindAsync(App app, string? commit, string by, CancellationToken cancellationToken)
    {
        var repository = Repository.Of(app, data);
        if (!repository.Exists)
            return null;
        var references = new References(repository);
        var branch = options.DeployBranches.FirstOrDefault(name => references.Find(RefName.OfBranch(name)) is not null) ?? options.DeployBranches[0];
        var found = commit is null ? references.Find(RefName.OfBranch(branch)) : await FindCommitAsync(repository, commit, cancellationToken);
        return found is not { } id ? null : new()
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            App = app,
            By = by,
            Branch = branch,
            OldCommit = ObjectId.Zero,
            NewCommit = id,
            Repository = repository,
            Quarantine = null,
            ReceivedAt = time.GetUtcNow(),
            Wishes = new() { IsTest = true },
        };
    }

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
