using Slug.Hosting;

namespace Slug.Pushes;

/// <summary>What a push leaves behind, put on disk before its pusher is told.</summary>
internal sealed class PushCompletion(Git git)
{
    /// <summary>The report as it may be sent: every word of it survives a power cut.</summary>
    /// <exception cref="IOException">The disk or git failed: the pusher must not be told that the push is done.</exception>
    public async Task<PushReport> CompleteAsync(PushSession session, PushReport report, CancellationToken cancellationToken)
    {
        var references = new References(session.Repository);
        var standing = session.Fulfilled.Where(command => (references.Find(command.Ref) ?? ObjectId.Zero) == command.New);
        var confirmed = report.Confirming(standing.Select(command => command.Ref).ToHashSet());
        if (session.Deployed is { } deployed && confirmed.Confirms(deployed.Ref))
            await KeepAsync(session, deployed, cancellationToken);
        Sync(session.Repository);
        return confirmed;
    }

    /// <summary>The same for a commit that came by no push of git's: its objects leave the quarantine, and it stays.</summary>
    /// <exception cref="IOException">The disk or git failed.</exception>
    public async Task KeepAsync(Push push, CancellationToken cancellationToken)
    {
        push.Quarantine?.Accept(push.Repository);
        await RunAsync(git.Command(push.Repository, "update-ref", $"refs/slug/builds/{push.Id:D}", push.NewCommit.ToString()), cancellationToken);
        Sync(push.Repository);
    }

    private static void Sync(Repository repository)
    {
        using var file = File.OpenHandle(repository.Head);
        Native.SyncFileSystem(file);
    }

    /// <summary>Every built commit stays, whatever is forced over its branch; a clone checks out the branch that was built last.</summary>
    private async Task KeepAsync(PushSession session, RefCommand deployed, CancellationToken cancellationToken)
    {
        await RunAsync(git.Command(session.Repository, "update-ref", $"refs/slug/builds/{session.Id:D}", deployed.New.ToString()), cancellationToken);
        if (await File.ReadAllTextAsync(session.Repository.Head, cancellationToken) != $"ref: {deployed.Ref}\n")
            await RunAsync(git.Command(session.Repository, "symbolic-ref", "HEAD", deployed.Ref.ToString()), cancellationToken);
    }

    private static async Task RunAsync(ChildProcess command, CancellationToken cancellationToken)
    {
        var result = await command.RunAsync(cancellationToken);
        if (!result.Succeeded)
            throw new IOException($"git exited with {result.ExitCode}: {result.Error}");
    }
}
