using System.Text.RegularExpressions;

namespace Slug.Acceptance.Droplets;

[Parallelizable]
public partial class When_two_installations_build_the_same
{
    // Each sample is made again in its own installation, too: see When_pushing_a_sample.
    [TestCase("static-hello")]
    [TestCase("python-hello")]
    [CancelAfter(180_000)]
    public async Task Should_have_the_same_droplet_and_the_same_archive(string sample, CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();
        using var folder = await GitFolder.OfSampleAsync(sample, cancellationToken);
        var archives = new List<byte[]>();
        var droplets = new List<string>();
        foreach (var slug in (Installation[])[Slugs.Real, Slugs.Other])
        {
            Assert.That((await folder.PushAsync(slug, app, cancellationToken)).ExitCode, Is.Zero);
            droplets.Add(AnyDigest().Match((await slug.SlugAsync(cancellationToken, "droplets", app, "--json")).Output).Value);
            var file = Path.Combine(folder.Path, "slug.tgz");
            Assert.That((await slug.SlugAsync(cancellationToken, "droplets", "download", app, "-o", file)).ExitCode, Is.Zero);
            archives.Add(await File.ReadAllBytesAsync(file, cancellationToken));
        }

        Assert.That(droplets[1], Is.EqualTo(droplets[0]));
        Assert.That(archives[1], Is.EqualTo(archives[0]));
    }

    [GeneratedRegex("sha256:[0-9a-f]{64}")]
    private static partial Regex AnyDigest();
}
