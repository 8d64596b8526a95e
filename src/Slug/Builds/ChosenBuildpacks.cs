using Slug.Apps;
using Slug.Buildpacks;
using Slug.Content.Wire;
using Slug.Sources;

namespace Slug.Builds;

/// <summary>Says which buildpacks a build gets: those of the first of push, app.json for a test, setting, app.json and .buildpacks that names any, or all that come with Slug.</summary>
internal sealed class ChosenBuildpacks(BuildpackCatalog catalog, AppBuildpacks settings, BuildpackPinning pinning, SourceFiles files)
{
    private const int Most = 20;

    /// <summary>Selects and pins them. Wished are those that the push asked for, of the test those that app.json has for it.</summary>
    /// <exception cref="BuildpackException">What is named is no buildpack.</exception>
    /// <exception cref="Remotes.RemoteException">One of them cannot be fetched.</exception>
    public async Task<BuildpackSelection> SelectAsync(
        App app, Source source, IReadOnlyList<string> wished, IReadOnlyList<string> ofTest, Action<string> say, CancellationToken cancellationToken)
    {
        if (await FindAsync(app, source, wished, ofTest, cancellationToken) is not { } choice)
            return new(catalog.BuiltIn, ChosenBy: null);
        if (choice.Names.Count > Most)
            throw BuildpackException.TooMany(choice.Where, choice.Names.Count, Most);
        var addresses = choice.Names.Select(BuildpackAddress.Parse).ToList();
        say($"-----> Buildpacks by {choice.Where}: {string.Join(", ", addresses)}");
        var pinned = new List<BuildpackReference>();
        foreach (var address in addresses)
            pinned.Add(await pinning.PinAsync(address, say, cancellationToken));
        return new(pinned, choice.Where);
    }

    private async Task<Choice?> FindAsync(
        App app, Source source, IReadOnlyList<string> wished, IReadOnlyList<string> ofTest, CancellationToken cancellationToken)
    {
        if (wished.Count > 0)
            return new("push option", wished);
        if (ofTest.Count > 0)
            return new(TestEnvironment.Where, ofTest);
        if (await settings.OfAsync(app, cancellationToken) is { Count: > 0 } set)
            return new("setting of the app", set);
        var found = await files.ReadAsync(source, [BuildpackDeclarations.AppJson, BuildpackDeclarations.DotBuildpacks], cancellationToken);
        if (found[0] is { } json && BuildpackDeclarations.OfAppJson(json) is { Count: > 0 } ofJson)
            return new(BuildpackDeclarations.AppJson, ofJson);
        return found[1] is { } list && BuildpackDeclarations.OfDotBuildpacks(list) is { Count: > 0 } ofList
            ? new(BuildpackDeclarations.DotBuildpacks, ofList)
            : null;
    }

    private sealed record Choice(string Where, IReadOnlyList<string> Names);
}

/// <summary>The buildpacks of a build, pinned, in order.</summary>
/// <param name="Buildpacks">What the builder gets.</param>
/// <param name="ChosenBy">Who named them: each must know the app. Null where nobody did: the first that does compiles it.</param>
internal sealed record BuildpackSelection(IReadOnlyList<BuildpackReference> Buildpacks, string? ChosenBy);
