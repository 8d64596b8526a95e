namespace Slug.Stacks;

/// <summary>The one time that all files of an image have.</summary>
internal static class LayerTime
{
    /// <summary>1980-01-01T00:00:01Z: the first second that zip files can hold, plus one.</summary>
    public const long Epoch = 315532801;

    public static readonly DateTimeOffset Fixed = DateTimeOffset.FromUnixTimeSeconds(Epoch);
}
