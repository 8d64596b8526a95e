using System.Collections;

namespace Slug.Commands.Setup;

/// <summary>This process's environment, changed for a child.</summary>
internal static class Variables
{
    public static IReadOnlyDictionary<string, string> With(params IEnumerable<(string Name, string Value)> changes)
    {
        var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);
        foreach (var (name, value) in changes)
            variables[name] = value;
        return variables;
    }
}
