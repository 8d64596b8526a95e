using System.Text;
using Slug.Commands.Testing;

namespace Slug.Tests.Commands.Testing;

internal sealed class TestResultsTests
{
    private const string Trx = """
        <?xml version="1.0" encoding="utf-8"?>
        <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
          <Results>
            <UnitTestResult testId="4" testName="late" startTime="2026-01-01T00:00:04" outcome="Timeout" />
            <UnitTestResult testId="1" testName="good" startTime="2026-01-01T00:00:00" outcome="Passed"><Output><StdOut>outcome="Failed"</StdOut></Output></UnitTestResult>
            <UnitTestResult testId="2" testName="bad(1)" startTime="2026-01-01T00:00:02" outcome="Failed"><Output><ErrorInfo><Message>no setup
        as
          it was</Message><StackTrace>at</StackTrace></ErrorInfo></Output></UnitTestResult>
            <UnitTestResult testId="3" testName="worse" startTime="2026-01-01T00:00:03" outcome="Failed"><Output><ErrorInfo><Message>no setup
        as
          it was</Message></ErrorInfo></Output></UnitTestResult>
            <UnitTestResult testId="5" testName="left" startTime="2026-01-01T00:00:05" outcome="NotExecuted"><Output><ErrorInfo><Message>explicit</Message></ErrorInfo></Output></UnitTestResult>
          </Results>
          <TestDefinitions>
            <UnitTest name="good" id="1"><TestMethod className="Those.That_are" name="good" /></UnitTest>
            <UnitTest name="bad(1)" id="2"><TestMethod className="Those.That_are_not" name="bad(1)" /></UnitTest>
            <UnitTest name="worse" id="3"><TestMethod className="Those.That_are_not" name="worse" /></UnitTest>
            <UnitTest name="late" id="4"><TestMethod className="Those.That_are" name="late" /></UnitTest>
            <UnitTest name="left" id="5"><TestMethod className="Those.That_are" name="left" /></UnitTest>
          </TestDefinitions>
          <ResultSummary outcome="Failed"><Counters total="5" executed="4" passed="1" failed="2" notExecuted="0" /></ResultSummary>
        </TestRun>
        """;

    private readonly TestResults results = TestResults.Read(new MemoryStream(Encoding.UTF8.GetBytes(Trx)));

    [Test]
    public void Results_are_counted_by_their_outcome() => Assert.That(results.Tally, Is.EqualTo(new TestTally(1, 3, 1)));

    [Test]
    public void What_failed_is_named_as_it_began_and_what_several_say_is_told_once() =>
        Assert.That(
            results.Failures.SelectMany(failure => failure.Lines),
            Is.EqualTo(["Those.That_are_not.bad(1)", "Those.That_are_not.worse", "  no setup", "  as", "  it was", "Those.That_are.late"]));

    [Test]
    public void A_long_story_is_told_by_its_begin_and_its_end()
    {
        var lines = new TestFailure("A", ["b"], string.Join('\n', Enumerable.Range(1, 100))).Lines.ToList();
        Assert.That((lines[1], lines[10], lines[12], lines[^1], lines.Count), Is.EqualTo(("  1", "  10", "  61", "  100", 52)));
        Assert.That(lines[11], Does.Contain("50 more lines"));
    }
}
