using System.Xml.Linq;

namespace Slug.Commands.Testing;

/// <summary>What a .trx file says of one run of a project.</summary>
internal sealed record TestResults(TestTally Tally, IReadOnlyList<TestFailure> Failures)
{
    public static readonly TestResults None = new(TestTally.None, []);

    /// <summary>Its own counters leave out what was skipped: results are counted one by one. Tests of one class that say the same are one failure.</summary>
    public static TestResults Read(Stream trx)
    {
        var root = XDocument.Load(trx).Root!;
        var classes = Named(root, "UnitTest").ToLookup(test => (string)test.Attribute("id")!, test => (string?)Named(test, "TestMethod").First().Attribute("className"));
        var results = Named(root, "UnitTestResult").ToList();
        var failed = results.Where(result => TestTally.Of(OutcomeOf(result)).Failed > 0).OrderBy(result => (string?)result.Attribute("startTime"), StringComparer.Ordinal);
        return new(
            results.Aggregate(TestTally.None, (sum, result) => sum + TestTally.Of(OutcomeOf(result))),
            [.. failed
                .GroupBy(result => (Class: classes[(string)result.Attribute("testId")!].FirstOrDefault(), Message: Named(result, "Message").FirstOrDefault()?.Value ?? ""))
                .Select(same => new TestFailure(same.Key.Class ?? "", [.. same.Select(result => (string)result.Attribute("testName")!)], same.Key.Message))]);
    }

    private static string? OutcomeOf(XElement result) => (string?)result.Attribute("outcome");

    private static IEnumerable<XElement> Named(XElement element, string name) => element.Descendants(element.Name.Namespace + name);
}
