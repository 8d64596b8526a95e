using System.Globalization;
using System.Text.RegularExpressions;
using Slug.Commands.Testing;

namespace Slug.Bootstrap;

/// <summary>The line with which <c>dotnet test</c> sums up a project. It is told, never decided by: a failed test fails the push.</summary>
internal static partial class TestLine
{
    public static TestTally Read(string line) => Summary().Match(line) is { Success: true } match
        ? new(Number(match, "passed"), Number(match, "failed"), Number(match, "skipped"))
        : TestTally.None;

    private static int Number(Match match, string name) => int.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Failed:\s+(?<failed>\d+), Passed:\s+(?<passed>\d+), Skipped:\s+(?<skipped>\d+), Total:")]
    private static partial Regex Summary();
}
