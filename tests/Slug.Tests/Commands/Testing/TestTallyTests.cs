using System.Text;
using Slug.Commands.Testing;

namespace Slug.Tests.Commands.Testing;

internal sealed class TestTallyTests
{
    [Test]
    public void Results_are_counted_by_their_outcome()
    {
        const string trx = """
            <?xml version="1.0" encoding="utf-8"?>
            <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
              <Results>
                <UnitTestResult testName="a" outcome="Passed"><Output><StdOut>outcome="Failed"</StdOut></Output></UnitTestResult>
                <UnitTestResult testName="b" outcome="Passed" />
                <UnitTestResult testName="c" outcome="Failed" />
                <UnitTestResult testName="d" outcome="Timeout" />
                <UnitTestResult testName="e" outcome="NotExecuted" />
              </Results>
              <ResultSummary outcome="Failed"><Counters total="5" executed="4" passed="2" failed="1" notExecuted="0" /></ResultSummary>
            </TestRun>
            """;
        Assert.That(TestTally.Read(new MemoryStream(Encoding.UTF8.GetBytes(trx))), Is.EqualTo(new TestTally(2, 2, 1)));
    }

    [Test]
    public void The_last_line_has_one_form() =>
        Assert.That((new TestTally(1, 0, 2) + new TestTally(40, 1, 0)).ToString(), Is.EqualTo("41 passed, 1 failed, 2 skipped"));

    [Test]
    public void A_repository_is_found_from_a_folder_in_it()
    {
        using var folder = new ScratchFolder();
        Directory.CreateDirectory(folder.In("a/b"));
        File.WriteAllText(folder.In("Slug.sln"), "");
        Assert.That(Repository.Find(folder.In("a/b")).Root, Is.EqualTo(folder.Path));
    }
}
