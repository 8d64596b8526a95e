namespace Slug.Builder.Packing;

/// <summary>How large a slug may be, and has become: its layers, packed side by side, take from one room.</summary>
internal sealed class SlugRoom(long limit)
{
    private long taken;

    /// <summary>Bytes, also those past the limit: who is told of it hears how large the slug is.</summary>
    public long Taken => Interlocked.Read(ref taken);

    public bool IsExceeded => Taken > limit;

    /// <summary>False where they do not fit any more.</summary>
    public bool Take(long bytes) => Interlocked.Add(ref taken, bytes) <= limit;
}
