using Microsoft.Extensions.Options;
using Slug.Builds;
using Slug.Heroku;
using Slug.Stacks;

namespace Slug.Platform;

/// <summary>The stacks that this program knows.</summary>
internal static class StackEndpoints
{
    public static void MapStacks(this IEndpointRouteBuilder platform, IEndpointRouteBuilder app)
    {
        platform.MapGet("/stacks", List);
        app.MapGet("/available-stacks", List);
        platform.MapGet("/stacks/{stack}", (string stack, StackCatalog stacks, IOptions<BuildOptions> options) =>
            All(stacks, options).FirstOrDefault(known => known.Name == stack || known.Id.ToString() == stack) is { } found
                ? Answer.Of(found)
                : PlatformError.NotFound($"SLUG6117: there is no stack '{stack}'; expected one of {string.Join(", ", All(stacks, options).Select(known => known.Name))}"));
    }

    /// <summary>Why a stack cannot be had that is asked for by its name, by that of the one it stands in for, or by its id; null where it can, and where none is asked for.</summary>
    public static IResult? MistakeIn(string? wanted, StackCatalog stacks, BuildOptions options)
    {
        var stack = stacks.Find(options.Stack);
        return wanted is null || wanted == stack.Name || wanted == stack.StandsInFor || wanted == PlatformId.OfStack(stack.Name).ToString()
            ? null
            : PlatformError.Invalid($"SLUG6108: there is no stack '{wanted}' to build on; expected '{stack.Name}', which stands in for {stack.StandsInFor}: the operator sets it for all apps");
    }

    private static IResult List(HttpContext http, StackCatalog stacks, IOptions<BuildOptions> options) =>
        Paging.Of(http, All(stacks, options), new SortKey<StackResource>("name", stack => stack.Name), new("id", stack => stack.Id.ToString()));

    private static IEnumerable<StackResource> All(StackCatalog stacks, IOptions<BuildOptions> options) =>
        stacks.Definitions.Select(stack => new StackResource(PlatformId.OfStack(stack.Name), stack.Name, stack.Name == options.Value.Stack));
}

/// <summary>A stack. It is made from a definition, which has no time.</summary>
internal sealed record StackResource(Guid Id, string Name, bool Default)
{
    public string State { get; } = "public";

    public DateTimeOffset CreatedAt { get; } = DateTimeOffset.UnixEpoch;

    public DateTimeOffset UpdatedAt { get; } = DateTimeOffset.UnixEpoch;
}
