using Slug.Commands.Terminals;
using Slug.Content.Oci;

namespace Slug.Commands.Images;

/// <summary>How far a push of several blobs is, for who watches: a line for each blob, and one in between where it takes long.</summary>
internal sealed class PushProgress(Action<string> tell, IReadOnlyCollection<Descriptor> blobs, TimeProvider time)
{
    private static readonly TimeSpan interval = TimeSpan.FromSeconds(2);

    private readonly Dictionary<Descriptor, long> sent = [];
    private readonly Lock gate = new();
    private readonly long all = blobs.Sum(blob => blob.Size);
    private long told = time.GetTimestamp();
    private int done;

    /// <summary>Bytes that were sent, all attempts together.</summary>
    public long Sent { get; private set; }

    /// <summary>An attempt goes on from here.</summary>
    public void At(Descriptor blob, long bytes)
    {
        lock (gate)
            sent[blob] = bytes;
    }

    public void Add(Descriptor blob, int bytes)
    {
        lock (gate)
        {
            sent[blob] += bytes;
            Sent += bytes;
            if (time.GetElapsedTime(told) < interval)
                return;
            told = time.GetTimestamp();
            tell($"{Wording.Size(sent.Values.Sum())} of {Wording.Size(all)}, {done} of {blobs.Count} blobs are there");
        }
    }

    public void Done(Descriptor blob, BlobOutcome outcome)
    {
        lock (gate)
        {
            done++;
            sent[blob] = blob.Size;
            tell($"{blob.Digest.ToShortString()} {Wording.Size(blob.Size)}: {Words(outcome)}");
        }
    }

    private static string Words(BlobOutcome outcome) => outcome switch
    {
        BlobOutcome.There => "there already",
        BlobOutcome.Mounted => "taken from another repository",
        _ => "sent",
    };
}
