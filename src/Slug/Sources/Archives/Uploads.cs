using System.Runtime.CompilerServices;
using Slug.Pushes;

namespace Slug.Sources.Archives;

/// <summary>Carries an uploaded archive the way of a push: a commit in quarantine, its turn, the build's own words, a verdict.</summary>
internal sealed class Uploads(ArchiveImport import, SlugImport slugs, PushCompletion completion, PushTurns turns, AnswerPush answer, PushOptions options, TimeProvider time)
{
    /// <summary>Takes the archive in, as far as it is one.</summary>
    public async Task<UploadResult> ReceiveAsync(RepositoryResult.Found found, string by, Stream archive, CancellationToken cancellationToken)
    {
        var quarantine = Quarantine.Create(found.Repository);
        var kept = false;
        try
        {
            var read = await import.ReadAsync(found.Repository, quarantine, new CappedStream(archive, options.Limit), cancellationToken);
            if (read is not ArchiveResult.Imported(var commit))
                return new UploadResult.Refused(((ArchiveResult.Refused)read).Message);
            kept = true;
            return new UploadResult.Received(PushOf(found, by, quarantine, commit));
        }
        finally
        {
            if (!kept)
                quarantine.Remove();
        }
    }

    /// <summary>Takes a slug in, of which no release is made.</summary>
    public async Task<Push> ReceiveAsync(RepositoryResult.Found found, string by, SlugContent slug, CancellationToken cancellationToken)
    {
        var quarantine = Quarantine.Create(found.Repository);
        var kept = false;
        try
        {
            var push = PushOf(found, by, quarantine, await slugs.RunAsync(found.Repository, quarantine, slug, cancellationToken));
            kept = true;
            return push with { Wishes = push.Wishes with { Slug = slug.Id } };
        }
        finally
        {
            if (!kept)
                quarantine.Remove();
        }
    }

    /// <summary>Builds what came in without git's own receiving, and says how it goes; afterwards its objects are the repository's, or nobody's.</summary>
    public IAsyncEnumerable<PushReply> BuildAsync(Push upload, CancellationToken cancellationToken) =>
        new Heartbeat(options.Heartbeat, time).BetweenAsync(InTurnAsync(upload, cancellationToken), cancellationToken);

    /// <summary>The same where nobody listens: all that is said stands in the build's log.</summary>
    /// <param name="upload">What was received.</param>
    /// <param name="say">Writes to that log what is said before the build's turn.</param>
    /// <param name="unwanted">Ends the wait for that turn.</param>
    /// <param name="cancellationToken">Ends it at any time.</param>
    public async Task CarryAsync(Push upload, Action<string> say, CancellationToken unwanted, CancellationToken cancellationToken)
    {
        using var turn = turns.Enter(upload.App.Id);
        try
        {
            await foreach (var ahead in turn.AheadAsync(unwanted))
                say(Waiting(upload, ahead));
            await foreach (var reply in answer(upload, cancellationToken))
            {
                if (reply is PushReply.Accepted)
                    await completion.KeepAsync(upload, cancellationToken);
            }
        }
        finally
        {
            upload.Quarantine!.Remove();
        }
    }

    private static string Waiting(Push upload, int ahead) => $"-----> Waiting for {(ahead == 1 ? "another push" : $"{ahead} other pushes")} to '{upload.App.Name}'";

    private async IAsyncEnumerable<PushReply> InTurnAsync(Push upload, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var turn = turns.Enter(upload.App.Id);
        try
        {
            await foreach (var ahead in turn.AheadAsync(cancellationToken))
                yield return new PushReply.Line(Waiting(upload, ahead));
            await foreach (var reply in answer(upload, cancellationToken))
            {
                if (reply is PushReply.Accepted)
                    await completion.KeepAsync(upload, cancellationToken);
                yield return reply;
            }
        }
        finally
        {
            upload.Quarantine?.Remove();
        }
    }

    private Push PushOf(RepositoryResult.Found found, string by, Quarantine quarantine, ObjectId commit) => new()
    {
        Id = Guid.CreateVersion7(time.GetUtcNow()),
        App = found.App,
        By = by,
        Branch = "upload",
        OldCommit = ObjectId.Zero,
        NewCommit = commit,
        Repository = found.Repository,
        Quarantine = quarantine,
        ReceivedAt = time.GetUtcNow(),
        // An archive is what was packed, whatever the app's pushes hold.
        Wishes = new() { Folder = default(Apps.SourceFolder) },
    };
}

/// <summary>What came of an upload before its build.</summary>
internal abstract record UploadResult
{
    private UploadResult()
    {
    }

    internal sealed record Received(Push Push) : UploadResult;

    internal sealed record Refused(string Message) : UploadResult;
}
