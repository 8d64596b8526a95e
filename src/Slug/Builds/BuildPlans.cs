using Microsoft.Extensions.Options;
using Slug.Apps;
using Slug.Buildpacks;
using Slug.Engines;
using Slug.Sources;
using Slug.Stacks;

namespace Slug.Builds;

/// <summary>Pins all that a build will use, at the moment it is asked for.</summary>
internal sealed class BuildPlans(StackCatalog stacks, BuildpackCatalog buildpacks, ConfigVars configVars, BuilderProgram builder, IOptions<BuildOptions> options)
{
    /// <summary>Null where the stack cannot be had: <paramref name="say"/> told why.</summary>
    public async Task<BuildPlan?> MakeAsync(Guid id, App app, string branch, Source source, Action<string> say, CancellationToken cancellationToken)
    {
        Stack? stack;
        try
        {
            stack = await stacks.FindBuiltAsync(options.Value.Stack, cancellationToken);
        }
        catch (EngineException exception)
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
            Buildpacks = buildpacks.BuiltIn,
            ConfigVars = await configVars.OfAsync(app, cancellationToken),
            Builder = builder.Digest,
        };
    }
}
