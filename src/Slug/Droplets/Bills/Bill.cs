using System.Text.Json.Serialization;

namespace Slug.Droplets.Bills;

/// <summary>A bill of materials (CycloneDX 1.5). It holds no time, and its number is derived from all else: the same droplet, the same bill.</summary>
internal sealed record Bill
{
    /// <summary>What it is called as the predicate of a statement.</summary>
    public const string Type = "https://cyclonedx.org/bom";

    public string BomFormat { get; init; } = "CycloneDX";

    public string SpecVersion { get; init; } = "1.5";

    public string? SerialNumber { get; init; }

    public int Version { get; init; } = 1;

    public required BillMetadata Metadata { get; init; }

    public required IReadOnlyList<BillComponent> Components { get; init; }

    public required IReadOnlyList<BillComposition> Compositions { get; init; }
}

/// <summary>What the bill is of, and what made it.</summary>
internal sealed record BillMetadata(BillTools Tools, BillComponent Component, IReadOnlyList<BillProperty> Properties);

/// <summary>What made the bill.</summary>
internal sealed record BillTools(IReadOnlyList<BillComponent> Components);

/// <summary>A package of the droplet, the droplet itself, or a tool.</summary>
internal sealed record BillComponent
{
    /// <summary>library or application.</summary>
    public required string Type { get; init; }

    [JsonPropertyName("bom-ref")]
    public string? Reference { get; init; }

    public string? Group { get; init; }

    public required string Name { get; init; }

    public required string Version { get; init; }

    /// <summary>excluded where the app does not need it to run.</summary>
    public string? Scope { get; init; }

    public IReadOnlyList<PackageHash>? Hashes { get; init; }

    public IReadOnlyList<BillLicence>? Licenses { get; init; }

    /// <summary>The package URL.</summary>
    public string? Purl { get; init; }

    public IReadOnlyList<BillProperty>? Properties { get; init; }
}

/// <summary>A licence, wrapped as the format has it.</summary>
internal sealed record BillLicence(LicenceName License);

/// <summary>One that SPDX lists by its id, any other by the name that the lockfile gives it.</summary>
internal sealed record LicenceName(string? Id, string? Name)
{
    // Of SPDX's list those that nearly all packages have; what is not on it is a name, which the format allows for each.
    private static readonly string[] common =
    [
        "0BSD", "AFL-2.1", "AGPL-3.0-only", "Apache-2.0", "Artistic-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC-BY-3.0", "CC-BY-4.0", "CC0-1.0",
        "EPL-1.0", "EPL-2.0", "GPL-2.0-only", "GPL-2.0-or-later", "GPL-3.0-only", "GPL-3.0-or-later", "ISC", "LGPL-2.1-only", "LGPL-2.1-or-later", "LGPL-3.0-only",
        "LGPL-3.0-or-later", "MIT", "MIT-0", "MPL-1.1", "MPL-2.0", "PSF-2.0", "Python-2.0", "Ruby", "Unlicense", "WTFPL", "Zlib",
    ];

    public static LicenceName Of(string text) => common.Contains(text) ? new(text, null) : new(null, text);
}

/// <summary>How complete the bill is of these.</summary>
internal sealed record BillComposition(string Aggregate, IReadOnlyList<string> Assemblies);

/// <summary>A fact that the format has no place for.</summary>
internal sealed record BillProperty(string Name, string Value);
