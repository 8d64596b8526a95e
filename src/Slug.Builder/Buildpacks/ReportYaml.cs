using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Slug.Builder.Buildpacks;

/// <summary>What <c>bin/report</c> printed, as far as it is flat YAML. The rest is nobody's mistake.</summary>
internal static class ReportYaml
{
    public const int MostValues = 100;
    public const int LongestText = 1000;

    public static IReadOnlyDictionary<string, string> Read(string text)
    {
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            return yaml.Documents is [{ RootNode: YamlMappingNode root }, ..] ? Scalars(root) : new Dictionary<string, string>();
        }
        catch (YamlException)
        {
            return new Dictionary<string, string>();
        }
    }

    private static Dictionary<string, string> Scalars(YamlMappingNode root) =>
        root.Select(pair => (Name: (pair.Key as YamlScalarNode)?.Value, (pair.Value as YamlScalarNode)?.Value))
            .Where(pair => pair is { Name.Length: > 0 and <= LongestText, Value.Length: <= LongestText })
            .Take(MostValues)
            .ToDictionary(pair => pair.Name!, pair => pair.Value!, StringComparer.Ordinal);
}
