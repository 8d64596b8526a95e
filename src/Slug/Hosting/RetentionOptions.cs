namespace Slug.Hosting;

/// <summary>How much is kept of what the service makes, section <c>Retention</c>. Capsules and each app's caches have their limits in <c>Builds</c>.</summary>
internal sealed class RetentionOptions
{
    /// <summary>Builds of an app, with their logs. Default: 200.</summary>
    public int KeepBuilds { get; set; } = 200;

    /// <summary>Droplets of an app that no release refers to. Default: 5.</summary>
    public int KeepDroplets { get; set; } = 5;

    /// <summary>Releases of an app; the droplets of those that go are droplets without a release. Default: all.</summary>
    public int KeepReleases { get; set; } = int.MaxValue;

    /// <summary>Bytes of all droplets together; past it, the oldest without a release go. Default: no limit.</summary>
    public long DropletsLimit { get; set; } = long.MaxValue;

    /// <summary>Bytes of all build caches together; past it, the oldest go. Default: no limit.</summary>
    public long CachesLimit { get; set; } = long.MaxValue;

    /// <summary>The newest of each is what an app is and did last: it stays.</summary>
    public bool IsPossible => KeepBuilds > 0 && KeepDroplets > 0 && KeepReleases > 0;
}
