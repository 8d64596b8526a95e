using System.Xml;
using System.Xml.Linq;

namespace Slug.Droplets.Bills;

/// <summary>The dependencies that a <c>pom.xml</c> names itself. What those need in turn, and what a parent's pom says, is not in the file.</summary>
internal static class MavenProject
{
    // Honest files have eight levels. To build a tree of many takes time in the square of them.
    private const int Deepest = 64;

    private static readonly XmlReaderSettings settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true };

    /// <exception cref="XmlException">It is no XML, brings a document type, or is too deep.</exception>
    public static IEnumerable<Package> Read(byte[] file)
    {
        using (var levels = XmlReader.Create(new MemoryStream(file), settings))
        {
            while (levels.Read())
            {
                if (levels.Depth > Deepest)
                    throw new XmlException($"elements are nested deeper than {Deepest}");
            }
        }

        using var reader = XmlReader.Create(new MemoryStream(file), settings);
        if (XDocument.Load(reader).Root is not { Name.LocalName: "project" } project)
            yield break;
        var properties = PropertiesOf(project);
        var managed = Child(Child(project, "dependencyManagement"), "dependencies");
        foreach (var dependency in Children(Child(project, "dependencies"), "dependency"))
        {
            var (group, name) = (Text(dependency, "groupId", properties), Text(dependency, "artifactId", properties));
            var version = Text(dependency, "version", properties)
                ?? Children(managed, "dependency").Where(other => Text(other, "artifactId", properties) == name && Text(other, "groupId", properties) == group)
                    .Select(other => Text(other, "version", properties)).FirstOrDefault();
            if (group is not null && name is not null && version is not null && !version.Contains('$', StringComparison.Ordinal))
                yield return new("maven", group, name, version) { ForDevelopment = Text(dependency, "scope", properties) is "test" or "provided" };
        }
    }

    private static Dictionary<string, string> PropertiesOf(XElement project)
    {
        var properties = new Dictionary<string, string>();
        foreach (var property in Child(project, "properties")?.Elements() ?? [])
            properties[property.Name.LocalName] = Plain(property) ?? "";
        properties["project.version"] = Plain(Child(project, "version")) ?? "";
        properties["project.groupId"] = Plain(Child(project, "groupId")) ?? "";
        return properties;
    }

    // A value that names one property stands for its value; no further, as a chain could have no end.
    private static string? Text(XElement element, string name, Dictionary<string, string> properties)
    {
        var text = Plain(Child(element, name));
        return text?.StartsWith("${", StringComparison.Ordinal) == true && text.EndsWith('}') ? properties.GetValueOrDefault(text[2..^1]) : text;
    }

    // The text of nested elements is gathered by recursion.
    private static string? Plain(XElement? element) => element is { HasElements: false } ? element.Value.Trim() : null;

    private static XElement? Child(XElement? element, string name) => Children(element, name).FirstOrDefault();

    private static IEnumerable<XElement> Children(XElement? element, string name) => element?.Elements().Where(child => child.Name.LocalName == name) ?? [];
}
