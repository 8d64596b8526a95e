using Slug.Content;
using Slug.Droplets.Differences;
using Slug.Verifications;

namespace Slug.Tests.Verifications;

public class VerificationPageTests
{
    private static readonly VerificationReport report = new()
    {
        Build = Guid.Empty,
        App = "hello",
        Droplet = Digest.Of("a"u8),
        Verdict = Verdict.Identical,
        Rebuilt = Digest.Of("b"u8),
        Seconds = 12.3,
    };

    [Test]
    public void What_is_identical_is_said_in_one_line() =>
        Assert.That(VerificationPage.Lines(report), Is.EqualTo((string[])["", $"-----> Identical: {report.Droplet} was made again byte for byte in 12s"]));

    [Test]
    public void What_cannot_be_verified_has_been_explained_above() =>
        Assert.That(VerificationPage.Lines(report with { Verdict = Verdict.Unverifiable }), Is.Empty);

    [Test]
    public void Every_difference_has_its_line()
    {
        var lines = VerificationPage.Lines(report with
        {
            Verdict = Verdict.Different,
            Count = 2,
            Differences =
            [
                new("./app/a", "compile (bin/compile of x)", "has other contents", new(17, "", "", 100, 101)),
                new("./app/b", "none", "is only in the droplet"),
            ],
        }).ToList();

        Assert.That(lines[1], Does.StartWith($" !     SLUG4180: {report.Droplet} was made again and is not the same: 2 differences; it is {report.Rebuilt}"));
        Assert.That(lines[2..4], Is.EqualTo((string[])
        [
            " !       ./app/a has other contents, from byte 17 on (100 bytes in the droplet, 101 in the rebuild); phase compile (bin/compile of x)",
            " !       ./app/b is only in the droplet; phase none",
        ]));
    }

    [Test]
    public void Of_many_differences_some_are_shown_and_all_are_counted()
    {
        var lines = VerificationPage.Lines(report with
        {
            Verdict = Verdict.Different,
            Count = 12_345,
            Differences = [.. Enumerable.Range(0, 100).Select(number => new Difference($"./app/{number}", "compile", "is only in the droplet"))],
        }).ToList();

        Assert.That(lines, Has.Count.EqualTo(24).And.Some.StartWith(" !       and 12325 more"));
    }
}
