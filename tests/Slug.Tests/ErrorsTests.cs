using System.Text.RegularExpressions;

namespace Slug.Tests;

/// <summary>What the program can say and what <c>docs/errors.md</c> explains are the same.</summary>
public partial class ErrorsTests
{
    [Test]
    public void Every_code_of_the_program_is_explained() =>
        Assert.That(CodesOfTheProgram().Except(ExplainedCodes()), Is.Empty);

    [Test]
    public void Every_code_that_is_explained_can_be_met() =>
        Assert.That(ExplainedCodes().Except(CodesOfTheProgram()), Is.Empty);

    [Test]
    public void No_code_is_explained_twice() =>
        Assert.That(ExplainedCodes(), Is.Unique);

    private static List<string> ExplainedCodes() =>
        [.. File.ReadLines(Path.Combine(Checkout.Root, "docs", "errors.md")).Select(line => Row().Match(line)).Where(row => row.Success).Select(row => row.Groups["code"].Value)];

    private static IEnumerable<string> CodesOfTheProgram() =>
        Directory.EnumerateFiles(Path.Combine(Checkout.Root, "src"), "*", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal))
            .Append(Path.Combine(Checkout.Root, "slug"))
            .SelectMany(file => Code().Matches(File.ReadAllText(file)).Select(code => code.Value))
            .Distinct();

    [GeneratedRegex("SLUG[0-9]{4}")]
    private static partial Regex Code();

    [GeneratedRegex(@"^\| *`?(?<code>SLUG[0-9]{4})")]
    private static partial Regex Row();
}
