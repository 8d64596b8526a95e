namespace Slug.Engines.Wire;

/// <summary>Body of <c>POST /networks/create</c>.</summary>
internal sealed record NetworkSpec
{
    public required string Name { get; init; }

    /// <summary>The engine would take a second network of the same name.</summary>
    public bool CheckDuplicate { get; init; } = true;

    public string Driver { get; init; } = "bridge";

    public bool EnableIPv6 { get; init; }

    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}

/// <summary>Answer of <c>GET /networks/{name}</c>, as far as it is read.</summary>
internal sealed record NetworkDetails
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public string Driver { get; init; } = "";

    public Dictionary<string, string>? Options { get; init; }

    public Dictionary<string, string>? Labels { get; init; }

    public AddressPlan? IPAM { get; init; }
}

/// <summary>The addresses of a network.</summary>
internal sealed record AddressPlan(AddressRange[]? Config);

/// <summary>One range and its gateway, which is the host.</summary>
internal sealed record AddressRange(string? Subnet, string? Gateway);
