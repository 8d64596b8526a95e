using System.Text.RegularExpressions;

namespace Slug.Tests;

/// <summary>What the program notes as events and what <c>docs/api.md</c> says of them are the same.</summary>
public partial class EventsTests
{
    [Test]
    public void Every_kind_of_event_is_explained() => Assert.That(KindsOfTheProgram().Except(ExplainedKinds()), Is.Empty);

    [Test]
    public void Every_kind_that_is_explained_can_happen() => Assert.That(ExplainedKinds().Except(KindsOfTheProgram()), Is.Empty);

    [Test]
    public void No_kind_is_explained_twice() => Assert.That(ExplainedKinds(), Is.Unique);

    [Test]
    public void No_kind_is_put_together_where_nobody_finds_it() =>
        Assert.That(Writers().SelectMany(text => Appended().Matches(text)).Select(call => call.Value).Where(call => call.Contains("$\"{", StringComparison.Ordinal) && PutTogether().IsMatch(call)), Is.Empty);

    private static List<string> ExplainedKinds()
    {
        var page = File.ReadAllText(Path.Combine(Checkout.Root, "docs", "api.md"));
        var section = page.Split("\n## ").Single(part => part.StartsWith("Events\n", StringComparison.Ordinal));
        return [.. section.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).SelectMany(row => Named().Matches(row.Split('|')[1])).Select(kind => kind.Groups["kind"].Value)];
    }

    // A file that appends events holds no other text of this form.
    private static IEnumerable<string> KindsOfTheProgram() =>
        Writers().SelectMany(text => Written().Matches(text)).Select(kind => kind.Groups["kind"].Value).Distinct();

    private static IEnumerable<string> Writers() =>
        Directory.EnumerateFiles(Path.Combine(Checkout.Root, "src", "Slug"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.EndsWith("/Events.cs", StringComparison.Ordinal))
            .Select(File.ReadAllText)
            .Where(text => text.Contains("Events.Append(", StringComparison.Ordinal));

    [GeneratedRegex("`(?<kind>[a-z]+\\.[a-z]+)`")]
    private static partial Regex Named();

    [GeneratedRegex("\"(?<kind>[a-z]+\\.[a-z]+)\"")]
    private static partial Regex Written();

    [GeneratedRegex(@"Events\.Append\([^;]*;")]
    private static partial Regex Appended();

    [GeneratedRegex("\\$\"[a-z]*\\.?\\{[^\"]*\\}\\.?[a-z]*\",\\s*(app|null|plan|grant)")]
    private static partial Regex PutTogether();
}
