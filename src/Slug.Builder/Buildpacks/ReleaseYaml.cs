using Slug.Builder.Processes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Slug.Builder.Buildpacks;

/// <summary>What <c>bin/release</c> printed: default process types and config vars. Anything else in it means nothing here.</summary>
internal sealed record ReleaseYaml(ProcessTypes Processes, IReadOnlyDictionary<string, string> ConfigVars)
{
    public static ReleaseYaml Empty { get; } = new([], new Dictionary<string, string>());

    /// <exception cref="YamlException">This is no YAML, or not of the shape that the contract names.</exception>
    public static ReleaseYaml Parse(string text)
    {
        // The representation model alone: what maps YAML onto types needs reflection, which a trimmed program has not.
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        if (yaml.Documents.Count == 0 || IsNothing(yaml.Documents[0].RootNode))
            return Empty;
        return yaml.Documents[0].RootNode is YamlMappingNode root
            ? new(Types(Section(root, "default_process_types")), Section(root, "config_vars"))
            : throw Mistake(yaml.Documents[0].RootNode, "expected a mapping");
    }

    private static ProcessTypes Types(Dictionary<string, string> section)
    {
        var types = new ProcessTypes();
        foreach (var (name, command) in section)
        {
            if (!ProcessTypes.IsName(name))
                throw new YamlException($"'{name}' is not a process type's name");
            if (command.Length == 0 || command.Contains('\n', StringComparison.Ordinal))
                throw new YamlException($"the command of '{name}' is not one line");
            types.Add(name, command);
        }

        return types;
    }

    private static Dictionary<string, string> Section(YamlMappingNode root, string name) =>
        root.Children.TryGetValue(new YamlScalarNode(name), out var node) && !IsNothing(node)
            ? Scalars(name, node as YamlMappingNode ?? throw Mistake(node, $"expected a mapping in {name}"))
            : [];

    private static Dictionary<string, string> Scalars(string section, YamlMappingNode mapping) =>
        mapping.ToDictionary(pair => Scalar(section, pair.Key), pair => Scalar(section, pair.Value), StringComparer.Ordinal);

    private static string Scalar(string section, YamlNode node) =>
        node is YamlScalarNode { Value: { } value } ? value.Trim() : throw Mistake(node, $"expected plain text in {section}");

    private static bool IsNothing(YamlNode node) =>
        node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" };

    private static YamlException Mistake(YamlNode node, string expected) => new(node.Start, node.End, expected);
}
