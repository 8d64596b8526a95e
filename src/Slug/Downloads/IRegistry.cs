namespace Slug.Downloads;

/// <summary>One ecosystem's packages: what asks for an archive, where it is, and what its registry promises of it.</summary>
internal interface IRegistry
{
    /// <summary>In the builder's routes.</summary>
    string Name { get; }

    /// <summary>Where builds find it on their own loopback. The same in every build: package managers note the address in their caches.</summary>
    int Port { get; }

    /// <summary>What a build's request is answered from. The target is a path and perhaps a query, as the build wrote it.</summary>
    Task<Wanted> ReadAsync(string target, CancellationToken cancellationToken);

    /// <summary>What the registry says that the archive is; null where it does not say. Asked of the registry itself.</summary>
    Task<Promise?> PromiseAsync(PackageArchive archive, CancellationToken cancellationToken);
}

/// <summary>An archive of a registry, by its one address there; a fragment tells apart what the address had at different times.</summary>
internal sealed record PackageArchive(string Package, string Version, Uri Url);

/// <summary>What a build asks for.</summary>
internal abstract record Wanted
{
    private Wanted()
    {
    }

    /// <summary>An archive, which may be kept.</summary>
    public sealed record Archive(PackageArchive Value) : Wanted;

    /// <summary>What only the mirror can say: where the mirror's own archives are.</summary>
    public sealed record Document(byte[] Json) : Wanted;

    /// <summary>Anything else that the registry has: the build asks there.</summary>
    public sealed record Other(Uri Url) : Wanted;

    /// <summary>What this registry never has.</summary>
    public sealed record Nothing : Wanted;
}
