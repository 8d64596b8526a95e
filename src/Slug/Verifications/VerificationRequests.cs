using Slug.Apps;
using Slug.Droplets.Records;
using Slug.Hosting;
using Slug.Pushes;

namespace Slug.Verifications;

/// <summary>Asks for a droplet to be made again, as a push would ask for a new one.</summary>
internal sealed class VerificationRequests(DataDirectory data, TimeProvider time)
{
    public Push Of(App app, DropletRecord record, string by) => new()
    {
        Id = Guid.CreateVersion7(time.GetUtcNow()),
        App = app,
        Branch = record.Source.Branch,
        OldCommit = ObjectId.Zero,
        NewCommit = ObjectId.Parse(record.Source.Commit),
        Repository = Repository.Of(app, data),
        Quarantine = null,
        ReceivedAt = time.GetUtcNow(),
        By = by,
        Wishes = new() { Verifies = record.Droplet },
    };
}
