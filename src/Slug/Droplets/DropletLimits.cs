using Slug.Content;

namespace Slug.Droplets;

/// <summary>Which droplets stay that no release refers to: so many of each app, and those of all apps while the store holds no more bytes than this.</summary>
internal sealed record DropletLimits(int Keep, long Size)
{
    /// <summary>Those that have to go.</summary>
    /// <param name="idle">Droplets without a release, the newest first.</param>
    /// <param name="released">Bytes of the droplets with one: they stay, and count.</param>
    public IEnumerable<IdleDroplet> Outdated(IEnumerable<IdleDroplet> idle, long released)
    {
        var left = Size - released;
        var seen = new Dictionary<Guid, int>();
        foreach (var droplet in idle)
        {
            var place = seen[droplet.AppId] = seen.GetValueOrDefault(droplet.AppId) + 1;
            if (place > Keep || (left -= droplet.Size) < 0)
                yield return droplet;
        }
    }
}

/// <summary>A droplet that an app made and no release refers to.</summary>
internal sealed record IdleDroplet
{
    public required Guid AppId { get; init; }

    public required Digest Droplet { get; init; }

    public required long Size { get; init; }
}
