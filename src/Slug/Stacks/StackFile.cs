using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Slug.Stacks;

/// <summary>Reads a <c>stack.yml</c> and reports every mistake in it at once.</summary>
internal sealed partial class StackFile
{
    public string? Name { get; set; }

    public string? Suite { get; set; }

    public List<string> Components { get; set; } = ["main"];

    public string? StandsInFor { get; set; }

    public UserEntry? User { get; set; }

    public Dictionary<string, string> Environment { get; set; } = [];

    public List<string> Exclude { get; set; } = [];

    public List<string> Include { get; set; } = [];

    public List<string> Run { get; set; } = [];

    public List<string> Build { get; set; } = [];

    public string? DotnetSdk { get; set; }

    /// <exception cref="StackException">The file is not YAML, or says something that no stack can be.</exception>
    public static StackDefinition Parse(string yaml, string path)
    {
        var file = Read(yaml, path);
        var mistakes = file.Mistakes().ToArray();
        return mistakes.Length == 0 ? file.ToDefinition() : throw StackException.Invalid(path, string.Join("; ", mistakes));
    }

    private static StackFile Read(string yaml, string path)
    {
        try
        {
            return new DeserializerBuilder()
                .WithNamingConvention(HyphenatedNamingConvention.Instance)
                .WithDuplicateKeyChecking()
                .Build()
                .Deserialize<StackFile?>(yaml) ?? new();
        }
        catch (YamlException exception)
        {
            throw StackException.Invalid(path, $"line {exception.Start.Line}: {exception.Message}");
        }
    }

    private IEnumerable<string> Mistakes()
    {
        if (!Matches(StackNames(), Name))
            yield return $"name '{Name}' is not a stack's name; expected lower-case letters, digits and -";
        if (!Matches(StackNames(), Suite))
            yield return $"suite '{Suite}' is not a Debian release; write one like bookworm";
        if (!Matches(StackNames(), StandsInFor))
            yield return $"stands-in-for '{StandsInFor}' is not a stack's name; write one like heroku-22";
        if (User is not { Uid: > 0 and < 65534 } || !Matches(StackNames(), User.Name) || User.Home?.StartsWith('/') != true)
            yield return "user needs a name, a uid from 1 to 65533 and a home that is an absolute path";
        if (Run.Count == 0)
            yield return "run lists no package; list at least bash";
        foreach (var package in Run.Concat(Build).Where(package => !Matches(PackageNames(), package)))
            yield return $"'{package}' is not a Debian package's name";
        foreach (var pattern in Exclude.Concat(Include).Where(pattern => !Matches(PathPatterns(), pattern)))
            yield return $"'{pattern}' is not a path; expected one that starts with / and holds no blank";
        if (DotnetSdk is not (null or "host"))
            yield return $"dotnet-sdk '{DotnetSdk}' is not known; write host, or leave it out";
    }

    private StackDefinition ToDefinition() => new()
    {
        Name = Name!,
        Suite = Suite!,
        Components = Components,
        StandsInFor = StandsInFor!,
        User = new(User!.Name!, User.Uid, User.Home!),
        Environment = Environment,
        RunPackages = Run,
        BuildPackages = Build,
        Paths = new(Exclude, Include),
        HostDotnetSdk = DotnetSdk == "host",
    };

    private static bool Matches(Regex form, string? value) => value is not null && form.IsMatch(value);

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,29}\z")]
    private static partial Regex StackNames();

    // Debian policy, section 5.6.1.
    [GeneratedRegex(@"\A[a-z0-9][a-z0-9+.-]+\z")]
    private static partial Regex PackageNames();

    [GeneratedRegex(@"\A/\S+\z")]
    private static partial Regex PathPatterns();

    /// <summary>The <c>user</c> mapping.</summary>
    internal sealed class UserEntry
    {
        public string? Name { get; set; }

        public int Uid { get; set; }

        public string? Home { get; set; }
    }
}
