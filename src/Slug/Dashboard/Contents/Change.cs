namespace Slug.Dashboard.Contents;

/// <summary>One thing that is not the same in two droplets.</summary>
/// <param name="Path">A file, or a part of what they are started with.</param>
/// <param name="What">In words; null of a file that only one of them has.</param>
/// <param name="Before">Its bytes in the first; null where it is none of its files.</param>
/// <param name="After">The same in the second.</param>
internal sealed record Change(string Path, string? What, long? Before, long? After)
{
    public string Kind => What is not null ? "changed" : Before is null ? "added" : "removed";
}
