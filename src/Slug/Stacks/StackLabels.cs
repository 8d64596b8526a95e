using Slug.Content;

namespace Slug.Stacks;

/// <summary>The labels by which a stack's images are found in the engine.</summary>
internal sealed record StackLabels(string Stack, string Image, Digest Definition)
{
    public const string StackKey = "slug.stack";
    public const string ImageKey = "slug.stack.image";
    public const string DefinitionKey = "slug.stack.definition";
    public const string Run = "run";
    public const string Build = "build";

    public static StackLabels ForRun(StackDefinition definition, Digest digest) => new(definition.Name, Run, digest);

    public static StackLabels ForBuild(StackDefinition definition, Digest digest) => new(definition.Name, Build, digest);

    public SortedDictionary<string, string> ToDictionary() => new(StringComparer.Ordinal)
    {
        [StackKey] = Stack,
        [ImageKey] = Image,
        [DefinitionKey] = Definition.Hex,
    };

    /// <summary>What both images of a definition carry.</summary>
    public static IEnumerable<string> FilterOf(StackDefinition definition, Digest digest) =>
        [$"{StackKey}={definition.Name}", $"{DefinitionKey}={digest.Hex}"];
}
