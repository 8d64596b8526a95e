using Slug.Apps;
using Slug.Content;
using Slug.Droplets;
using Slug.Droplets.Records;
using Slug.Hosting;
using Slug.Pushes;
using Slug.Releases;

namespace Slug.Verifications;

/// <summary>Finds the droplet that is to be made again, and asks for it as a push would.</summary>
internal sealed class VerificationRequests(
    AppStore apps, ReleaseStore releases, DropletStore droplets, DropletRecords records, DataDirectory data, TimeProvider time)
{
    /// <param name="name">An app, for its current droplet, or a droplet's digest.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<VerificationRequest> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (await DropletOfAsync(name, cancellationToken) is not { } digest || await droplets.FindAsync(digest, cancellationToken) is null)
            return new VerificationRequest.Unknown();
        foreach (var app in await apps.ListAsync(cancellationToken))
        {
            // A droplet of several apps is the same for each: the one that was named has its own record of it.
            if ((Digest.TryParse(name, null, out _) || app.Name.ToString() == name) && await records.FindAsync(app, digest, cancellationToken) is { } record)
                return new VerificationRequest.Found(PushFor(app, record));
        }

        return new VerificationRequest.Unrecorded(digest);
    }

    private async Task<Digest?> DropletOfAsync(string name, CancellationToken cancellationToken)
    {
        if (Digest.TryParse(name, null, out var digest))
            return digest;
        return AppName.TryParse(name, null, out var appName)
            && await apps.FindAsync(appName, cancellationToken) is { } app
            && await releases.FindCurrentAsync(app, cancellationToken) is { Droplet: { } current }
                ? Digest.Parse(current)
                : null;
    }

    private Push PushFor(App app, DropletRecord record) => new()
    {
        Id = Guid.CreateVersion7(time.GetUtcNow()),
        App = app,
        Branch = record.Source.Branch,
        OldCommit = ObjectId.Zero,
        NewCommit = ObjectId.Parse(record.Source.Commit),
        Repository = Repository.Of(app, data),
        Quarantine = null,
        ReceivedAt = time.GetUtcNow(),
        Wishes = new() { Verifies = record.Droplet },
    };
}

/// <summary>What can be done about a droplet that is to be verified.</summary>
internal abstract record VerificationRequest
{
    public sealed record Found(Push Push) : VerificationRequest;

    /// <summary>There is no such app, or it has no droplet; or there is no such droplet.</summary>
    public sealed record Unknown : VerificationRequest;

    /// <summary>An older Slug made it, and wrote down too little.</summary>
    public sealed record Unrecorded(Digest Droplet) : VerificationRequest;
}
