using Slug.Bootstrap;

namespace Slug.Tests.Bootstrap;

public class ReportPageTests
{
    [Test]
    public void What_differs_is_shown_with_its_phase_and_bytes_as_diff_would()
    {
        var comparison = new StageComparison
        {
            Left = 2,
            Right = 3,
            Same = false,
            Count = 1,
            Differences = [new("./app/publish/slug/slug.dll", "compile", "has other contents", new(18, "aa bb", "aa cc", 100, 100))],
        };
        Assert.That(ReportPage.Lines(comparison), Is.EqualTo(new[]
        {
            "Stage 2 and stage 3: 1 differ",
            "  ./app/publish/slug/slug.dll has other contents (phase compile)",
            "    at 18 (0x12); 100 and 100 bytes",
            "    - aa bb",
            "    + aa cc",
        }));
    }
}
