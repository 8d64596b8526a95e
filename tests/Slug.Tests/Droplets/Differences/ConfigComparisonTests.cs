using Slug.Content;
using Slug.Content.Oci;
using Slug.Droplets.Differences;

namespace Slug.Tests.Droplets.Differences;

public class ConfigComparisonTests
{
    [Test]
    public void The_same_config_has_no_difference_whatever_its_layers() =>
        Assert.That(Find(Config(), Config() with { RootFileSystem = new() { DiffIds = [Digest.Of("x"u8)] } }), Is.Empty);

    [Test]
    public void Process_types_variables_and_labels_are_named_with_their_phase()
    {
        var right = Config() with
        {
            Process = Config().Process! with
            {
                Environment = ["HOME=/app", "PORT=a=b"],
                Labels = new Dictionary<string, string> { ["slug.process.web"] = "other", ["slug.stack"] = "bookworm" },
                Command = ["worker"],
            },
        };

        Assert.That(Find(Config(), right).Select(difference => (difference.Path, difference.Phase, difference.What)), Is.EqualTo(new[]
        {
            ("config: command", "plan", "is 'web' in the first, 'worker' in the second"),
            ("config: label slug.process.web", "release", "is 'serve' in the first, 'other' in the second"),
            ("config: label slug.process.worker", "release", "is only in the first"),
            ("config: variable PORT", "release", "is only in the second"),
        }));
    }

    private static List<Difference> Find(ImageConfig left, ImageConfig right) => [.. ConfigComparison.Find(left, right, Sides.FirstAndSecond)];

    private static ImageConfig Config() => new()
    {
        Architecture = "amd64",
        OperatingSystem = "linux",
        Process = new()
        {
            Environment = ["HOME=/app"],
            Command = ["web"],
            Labels = new Dictionary<string, string> { ["slug.process.web"] = "serve", ["slug.process.worker"] = "work", ["slug.stack"] = "bookworm" },
        },
        RootFileSystem = new() { DiffIds = [] },
    };
}
