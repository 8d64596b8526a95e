using Slug.Stacks;

namespace Slug.Commands;

/// <summary>A stack as <c>slug stacks</c> tells it; without images where it is not built. Sizes in bytes.</summary>
internal sealed record StackView(
    string Name, string StandsInFor, bool Built, string? RunImage, string? BuildImage, long? RunSize, long? BuildSize,
    IReadOnlyList<string> RunPackages, IReadOnlyList<string> BuildPackages)
{
    public static StackView Of(StackDefinition definition, Stack? stack) => new(
        definition.Name, definition.StandsInFor, stack is not null, stack?.RunImage.ToString(), stack?.BuildImage.ToString(),
        stack?.RunSize, stack?.BuildSize, definition.RunPackages, definition.BuildPackages);
}
