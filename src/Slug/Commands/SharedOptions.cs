using System.CommandLine;
using Slug.Hosting;

namespace Slug.Commands;

/// <summary>Options and arguments that mean the same everywhere.</summary>
internal static class SharedOptions
{
    public const string DefaultData = "/var/lib/slug";

    public static readonly Option<string> Data = new("--data")
    {
        Description = "Where the service keeps everything; also SLUG_DATA",
        HelpName = "DIR",
        Recursive = true,
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("SLUG_DATA") is { Length: > 0 } data ? data : DefaultData,
    };

    public static readonly Option<bool> Json = new("--json") { Description = "For programs: JSON in place of a table" };

    public static Argument<string> App() => new("APP") { Description = "An app's name" };

    public static DataDirectory DataOf(ParseResult parse) => new(parse.GetRequiredValue(Data));
}
