using System.Text;
using Slug.Content;

namespace Slug.Stacks;

/// <summary>What a stack is made of: package lists and settings, read from <c>stacks/NAME/stack.yml</c>.</summary>
internal sealed record StackDefinition
{
    /// <summary>Part of every digest: raised when the same definition would give other images.</summary>
    private const int Recipe = 2;

    public required string Name { get; init; }

    /// <summary>Debian's name of the release.</summary>
    public required string Suite { get; init; }

    public required IReadOnlyList<string> Components { get; init; }

    /// <summary>The published stack whose name buildpacks find in STACK.</summary>
    public required string StandsInFor { get; init; }

    public required StackUser User { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public required IReadOnlyList<string> RunPackages { get; init; }

    /// <summary>Packages of the build image beyond those of the run image.</summary>
    public required IReadOnlyList<string> BuildPackages { get; init; }

    /// <summary>Paths left out, in dpkg's <c>path-exclude</c> syntax.</summary>
    public required PathRules Paths { get; init; }

    /// <summary>The SDK of the machine that builds the stack goes into the build image.</summary>
    public required bool HostDotnetSdk { get; init; }

    /// <summary>Names what the images are made from: the same digest, the same packages and settings. Comments and order do not count.</summary>
    public Digest DigestWith(string? sdkVersion) => Digest.Of(Encoding.UTF8.GetBytes(string.Join('\n', Facts(sdkVersion))));

    private IEnumerable<string> Facts(string? sdkVersion) =>
    [
        $"recipe {Recipe}", $"name {Name}", $"suite {Suite}", $"stands-in-for {StandsInFor}",
        $"user {User.Name} {User.Uid} {User.Home}", $"sdk {sdkVersion}",
        .. Sorted("component", Components),
        .. Sorted("env", Environment.Select(variable => $"{variable.Key}={variable.Value}")),
        .. Sorted("run", RunPackages),
        .. Sorted("build", BuildPackages),
        .. Sorted("exclude", Paths.Excluded),
        .. Sorted("include", Paths.Included),
    ];

    private static IEnumerable<string> Sorted(string kind, IEnumerable<string> values) =>
        values.Order(StringComparer.Ordinal).Select(value => $"{kind} {value}");
}

/// <summary>The user that buildpacks and droplets run as.</summary>
internal sealed record StackUser(string Name, int Uid, string Home);
