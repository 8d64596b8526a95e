using Slug.Commands;
using Slug.Hosting;

namespace Slug.Bootstrap;

/// <summary>Refuses to go back: a version does not know the state of a later one.</summary>
internal static class UpgradeCheck
{
    private const string Schema = "src/Slug/Hosting/Schema/";

    /// <summary>True where there is something to do.</summary>
    /// <exception cref="CommandException">It would be a downgrade.</exception>
    public static async Task<bool> IsNewAsync(SelfSource source, string? runningCommit, CancellationToken cancellationToken)
    {
        var scripts = source.Files.Count(file => file.StartsWith(Schema, StringComparison.Ordinal));
        if (scripts < Migrations.Latest)
            throw CommandException.User(
                $"SLUG9821: the commit '{source.Commit}' knows the data up to schema {scripts}, and this installation's is {Migrations.Latest}; a downgrade would lose what it does not know: name a newer commit, or restore a backup by hand");
        if (runningCommit is null)
            return true;
        if (runningCommit == source.Commit)
            return false;
        var ancestry = await source.Git.TryAsync(["merge-base", "--is-ancestor", source.Commit, runningCommit], cancellationToken);
        if (ancestry.Succeeded)
            throw CommandException.User(
                $"SLUG9824: the commit '{source.Commit}' is older than '{runningCommit}', which runs; name a newer one, or undo by a new commit: git revert");
        return true;
    }
}
