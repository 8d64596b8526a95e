using System.Data;
using System.Globalization;
using Slug.Apps;
using Slug.Hosting;
using Slug.Pushes;
using Slug.Pushes.LargeFiles;

namespace Slug.Webhooks.Incoming;

/// <summary>Takes out of the repositories of fetched commits, with its submodules and large files, what no build or droplet that is kept was made of. Refs go first, objects after them: what a crash leaves, the next sweep takes.</summary>
internal sealed class FetchedSweep(
    AppStore apps, Database database, DataDirectory data, Git git, FetchedContents contents, PushTurns turns, Deploys deploys, LargeFileStore largeFiles, ILogger<FetchedSweep> log)
{
    // What somebody is writing is younger, as no app is swept that is busy.
    private const string Unwritten = "--expire=2.hours.ago";

    /// <param name="before">What goes before it in the same sweep; a rehearsal takes that back too.</param>
    /// <param name="rehearse">Removes nothing.</param>
    /// <param name="cancellationToken">Ends it between two apps.</param>
    public async Task<Swept> RunAsync(Action<IDbConnection> before, bool rehearse, CancellationToken cancellationToken)
    {
        NeededCommits Read(IDbConnection db)
        {
            before(db);
            return NeededCommits.Read(db);
        }

        var swept = new Swept("fetched commits", 0, 0);
        foreach (var app in await apps.ListAsync(cancellationToken))
        {
            var repository = Repository.OfFetched(app, data);
            // What is under way reads there: the next sweep finds it too.
            using var turn = turns.TryEnter(app.Id);
            if (turn is null || !repository.Exists || deploys.Carries(app.Id))
                continue;
            var needed = rehearse ? await database.RehearseAsync(Read, cancellationToken) : await database.ReadAsync(NeededCommits.Read, cancellationToken);
            try
            {
                var gone = await SweepAsync(app, FetchedRefs.Of(repository, needed), rehearse, cancellationToken);
                swept = swept with { Count = swept.Count + gone.Count, Bytes = swept.Bytes + gone.Bytes };
            }
            catch (IOException exception)
            {
                // One that is damaged keeps no other from being swept.
                log.UpkeepFailed("sweep", repository.Directory, exception.Message);
            }
        }

        return swept;
    }

    private async Task<Swept> SweepAsync(App app, FetchedRefs refs, bool rehearse, CancellationToken cancellationToken)
    {
        if (refs.Outdated.Count == 0)
            return new("", 0, 0);
        var rest = await contents.OfAsync(refs, cancellationToken);
        var files = largeFiles.FetchedOf(app.Id);
        var idle = rest.Files is { } named ? files.List().Where(file => !named.Contains(file)).ToList() : [];
        var bytes = await SizeAsync(refs.Repository, refs.All.Values, cancellationToken) - await SizeAsync(refs.Repository, rest.Commits, cancellationToken) + idle.Sum(file => files.Length(file) ?? 0);
        if (!rehearse)
        {
            await GitAsync(refs.Repository, ["update-ref", "--stdin"], refs.Change(rest), cancellationToken);
            foreach (var file in idle)
                files.Delete(file);
            await GitAsync(refs.Repository, ["repack", "-a", "-d", "-q"], null, cancellationToken);
            await GitAsync(refs.Repository, ["prune", Unwritten], null, cancellationToken);
        }

        return new("", refs.Outdated.Count, bytes);
    }

    private async Task<long> SizeAsync(Repository repository, IEnumerable<ObjectId> commits, CancellationToken cancellationToken)
    {
        var ids = string.Concat(commits.Distinct().Select(commit => $"{commit}\n"));
        return ids.Length == 0 ? 0 : long.Parse(await GitAsync(repository, ["rev-list", "--objects", "--disk-usage", "--stdin"], ids, cancellationToken), CultureInfo.InvariantCulture);
    }

    private async Task<string> GitAsync(Repository repository, IReadOnlyList<string> arguments, string? input, CancellationToken cancellationToken)
    {
        var command = git.Command(repository, arguments);
        var result = await (input is null ? command : command with { Input = input }).RunAsync(cancellationToken);
        return result.Succeeded ? result.Output : throw new IOException($"git {arguments[0]} of {repository.Directory} exited with {result.ExitCode}: {result.Error}");
    }
}
