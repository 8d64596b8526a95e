using Slug.Commands.Setup;
using Slug.Engines;
using Slug.Stacks;

namespace Slug.Commands.Checks;

/// <summary>The Docker engine, what it is made of, and the stack in it.</summary>
internal static class EngineChecks
{
    public static async Task<IReadOnlyList<Finding>> RunAsync(Workplace workplace, CancellationToken cancellationToken)
    {
        try
        {
            var version = await workplace.Engine.VersionAsync(cancellationToken);
            var runc = version.Components.FirstOrDefault(component => component.Name == "runc")?.Version ?? "not told";
            return
            [
                Finding.Ok("Docker engine", $"{version.Version}, API {await workplace.Engine.ApiVersionAsync(cancellationToken)}"),
                KnownHoles.Runc.Judge("runc", runc),
                await StackAsync(workplace.Stacks, cancellationToken),
            ];
        }
        catch (EngineException exception)
        {
            return [Finding.Missing("Docker engine", "does not answer", exception.Message)];
        }
    }

    private static async Task<Finding> StackAsync(StackCatalog stacks, CancellationToken cancellationToken)
    {
        const string name = $"stack {Workplace.DefaultStack}";
        try
        {
            return await stacks.FindBuiltAsync(Workplace.DefaultStack, cancellationToken) is { } stack
                ? Finding.Ok(name, stack.BuildImage.ToShortString())
                : Finding.Missing(name, "not built", "slug stacks build, or: ./slug up");
        }
        catch (StackException exception)
        {
            return Finding.Missing(name, "no definition", exception.Message);
        }
    }
}
