using Slug.Builder.Buildpacks;
using Slug.Builder.Packing;
using Slug.Content;
using Slug.Content.Trees;
using Slug.Content.Wire;

namespace Slug.Builder.Steps;

/// <summary>A buildpack's <c>bin/dependencies</c> for this app.</summary>
internal sealed record Step
{
    public const string Program = "dependencies";

    public required Buildpack Buildpack { get; init; }

    /// <summary>The paths of its inputs in the app's folder, with the folders above them.</summary>
    public required IReadOnlySet<string> Inputs { get; init; }

    /// <summary>Where a tar of them is: the tree that the step gets, and by its digest part of the key.</summary>
    public required string InputsTar { get; init; }

    /// <summary>The config vars that it declares, by name.</summary>
    public required IReadOnlyDictionary<string, string> ConfigVars { get; init; }

    public required Digest Key { get; init; }

    /// <summary>What an earlier build's step of the same key made.</summary>
    public KeptStep? Kept { get; init; }

    /// <summary>No other buildpack looks at the app: what is for the run alone need not be there.</summary>
    public required bool IsAlone { get; init; }
}

/// <summary>What a step made, in this build or an earlier one.</summary>
/// <param name="Step">The step.</param>
/// <param name="Layer">Its files as a layer.</param>
/// <param name="Folder">Where the files are; null where only the run needs them.</param>
internal sealed record StepFiles(Step Step, DeliveredLayer Layer, string? Folder);

/// <summary>A step's files, as a layer of the droplet.</summary>
/// <param name="Buildpack">Whose step it is.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Files">The files as they were put into the app's folder; null where they are not there.</param>
internal sealed record StepLayer(Buildpack Buildpack, DeliveredLayer Layer, TreeSnapshot? Files)
{
    private static readonly IReadOnlySet<string> nothing = new HashSet<string>();

    /// <summary>The paths in the app's folder that need not be packed again; null where compile took some of the files away, so that the layer does not hold any more.</summary>
    public IReadOnlySet<string>? Covered() => Files is null ? nothing : Files.Unchanged();
}
