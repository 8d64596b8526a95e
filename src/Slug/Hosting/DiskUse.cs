using System.IO.Enumeration;
using Slug.Builds;
using Slug.Engines;

namespace Slug.Hosting;

/// <summary>How much disk each kind of thing takes that the service keeps.</summary>
internal sealed class DiskUse(DataDirectory data, FailureCapsules capsules)
{
    private static readonly EnumerationOptions all = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    public async Task<IReadOnlyList<KindSize>> ReadAsync(CancellationToken cancellationToken) =>
        [.. Stored(), .. await CapsulesAsync(cancellationToken)];

    /// <summary>The same without what lies in the engine.</summary>
    public IReadOnlyList<KindSize> Stored() =>
    [
        new("droplets", SizeOf(data.Images)),
        new("caches", SizeOf(data.Caches)),
        new("downloads", SizeOf(data.Downloads)),
        new("repositories", SizeOf(data.Repositories)),
        new("large files", SizeOf(data.LargeFiles)),
        new("buildpacks", SizeOf(data.Buildpacks)),
        new("logs", SizeOf(data.Logs)),
    ];

    private async Task<IReadOnlyList<KindSize>> CapsulesAsync(CancellationToken cancellationToken)
    {
        try
        {
            return [new("capsules", (await capsules.ListAsync(cancellationToken)).Sum(capsule => capsule.Size))];
        }
        catch (EngineException)
        {
            return [];
        }
    }

    private static long SizeOf(string folder) =>
        new FileSystemEnumerable<long>(folder, (ref FileSystemEntry entry) => entry.Length, all)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
        }.Sum();
}

/// <summary>The bytes of one kind of thing.</summary>
internal sealed record KindSize(string Kind, long Bytes);
