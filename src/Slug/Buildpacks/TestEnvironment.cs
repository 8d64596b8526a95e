using System.Security.Cryptography;
using System.Text.Json;
using Slug.Apps;

namespace Slug.Buildpacks;

/// <summary>What an app.json has for test runs alone.</summary>
internal sealed record TestEnvironment
{
    /// <summary>Its place, in words.</summary>
    public const string Where = "environments.test of app.json";

    public static readonly TestEnvironment None = new();

    private const int DigitsOfSecret = 64;

    /// <summary>In place of all others; none where the app is tested with those that compile it.</summary>
    public IReadOnlyList<string> Buildpacks { get; private init; } = [];

    /// <summary>Each in place of the app's config var of its name.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; private init; } = new Dictionary<string, string>();

    /// <exception cref="BuildpackException">The file is no JSON, or holds something else in these places.</exception>
    public static TestEnvironment OfAppJson(string text)
    {
        using var json = BuildpackDeclarations.Parse(text);
        return BuildpackDeclarations.Member(json.RootElement, "environments") is { } all && BuildpackDeclarations.Member(all, "test") is { } test
            ? new() { Buildpacks = BuildpackDeclarations.ListIn(test), Variables = VariablesIn(test) }
            : None;
    }

    /// <summary>The config vars of a test run.</summary>
    public IReadOnlyDictionary<string, string> Over(IReadOnlyDictionary<string, string> configVars)
    {
        var both = new SortedDictionary<string, string>(configVars.ToDictionary(), StringComparer.Ordinal);
        foreach (var (name, value) in Variables)
            both[name] = value;
        return both;
    }

    private static Dictionary<string, string> VariablesIn(JsonElement test)
    {
        var variables = new Dictionary<string, string>();
        if (BuildpackDeclarations.Member(test, "env") is not { } env)
            return variables;
        if (env.ValueKind != JsonValueKind.Object)
            throw BuildpackException.NoVariables(BuildpackDeclarations.Short(env));
        foreach (var variable in env.EnumerateObject())
        {
            if (ValueOf(variable) is { } value)
                variables[variable.Name] = value;
        }

        return variables;
    }

    // Null: declared, and left to the app's own config vars.
    private static string? ValueOf(JsonProperty variable) => variable switch
    {
        _ when !ConfigVars.IsName(variable.Name) => throw BuildpackException.NoVariables(variable.Name),
        { Value: { ValueKind: JsonValueKind.String } text } => text.GetString(),
        { Value: { ValueKind: JsonValueKind.Object } declared } => Declared(declared),
        _ => throw BuildpackException.NoVariables($"{variable.Name}: {BuildpackDeclarations.Short(variable.Value)}"),
    };

    private static string? Declared(JsonElement declared)
    {
        if (BuildpackDeclarations.Member(declared, "value") is { ValueKind: JsonValueKind.String } value)
            return value.GetString();
        return BuildpackDeclarations.Member(declared, "generator") is { ValueKind: JsonValueKind.String } generator && generator.ValueEquals("secret")
            ? RandomNumberGenerator.GetHexString(DigitsOfSecret, lowercase: true)
            : null;
    }
}
