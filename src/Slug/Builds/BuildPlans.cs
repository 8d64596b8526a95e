using Microsoft.Extensions.Options;
using Slug.Apps;
using Slug.Buildpacks;
using Slug.Engines;
using Slug.Remotes;
using Slug.Sources;
using Slug.Stacks;

namespace Slug.Builds;

/// <summary>Pins all that a build will use, at the moment it is asked for.</summary>
internal sealed class BuildPlans(StackCatalog stacks, ChosenBuildpacks buildpacks, ConfigVars configVars, BuilderProgram builder, IOptions<BuildOptions> options)
{
    /// <summary>Null where the stack or a buildpack cannot be had: <paramref name="say"/> told why. Wished are the buildpacks that the push asked for.</summary>
    public async Task<BuildPlan?> MakeAsync(
        Guid id, App app, string branch, Source source, IReadOnlyList<string> wished, Action<string> say, CancellationToken cancellationToken)
    {
        Stack? stack;
        BuildpackSelection selected;
        try
        {
            stack = await stacks.FindBuiltAsync(options.Value.Stack, cancellationToken);
            selected = await buildpacks.SelectAsync(app, source, wished, say, cancellationToken);
        }
        catch (Exception exception) when (exception is EngineException or BuildpackException or RemoteException)
        {
            say($" !     {exception.Message}");
            return null;
        }

        if (stack is null)
        {
            say($" !     SLUG3010: the stack '{options.Value.Stack}' is not built on this machine; its operator builds it with: ./slug stacks build");
            return null;
        }

        return new()
        {
            Id = id,
            App = app,
            Branch = branch,
            Source = source,
            Stack = stack,
            Buildpacks = selected.Buildpacks,
            BuildpacksChosen = selected.AreChosen,
            ConfigVars = await configVars.OfAsync(app, cancellationToken),
            Builder = builder.Digest,
        };
    }
}
