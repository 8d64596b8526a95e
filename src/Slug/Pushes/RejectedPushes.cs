namespace Slug.Pushes;

/// <summary>
/// What the latest pushes of each app brought whose builds did not succeed: git would throw it away with its quarantine. It is no part
/// of the repository, and becomes one when a build of it succeeds after all.
/// </summary>
internal sealed class RejectedPushes(Git git)
{
    /// <summary>Of an app; those before them are gone.</summary>
    public const int Most = 5;

    /// <summary>Before git is told that the push is rejected.</summary>
    public static void Keep(Push push)
    {
        if (push.Quarantine is not { Exists: true } quarantine)
            return;
        quarantine.PutAside(push.Repository, push.Id);
        foreach (var old in Quarantine.Aside(push.Repository).Skip(Most))
            old.Remove();
    }

    /// <summary>One that holds the commit; null where none does.</summary>
    public async Task<Quarantine?> FindAsync(Repository repository, ObjectId commit, CancellationToken cancellationToken)
    {
        foreach (var kept in Quarantine.Aside(repository))
        {
            if ((await git.Command(repository, kept, "cat-file", "-e", $"{commit}^{{commit}}").RunAsync(cancellationToken)).Succeeded)
                return kept;
        }

        return null;
    }
}
