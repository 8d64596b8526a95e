namespace Slug.Acceptance.Droplets;

[Parallelizable]
public class When_a_blob_is_damaged
{
    private static readonly string[] scripted = ["--buildpacks", Slugs.ScriptBuildpacks];

    [Test, CancelAfter(240_000)]
    public async Task Should_be_found_on_read_never_served_and_whole_again_after_another_push(CancellationToken cancellationToken)
    {
        await using var slug = await Installation.StartAsync(scripted, cancellationToken);
        using var folder = await AppAsync(cancellationToken);
        Assert.That((await folder.PushAsync(slug, "app", cancellationToken)).Output, Does.Contain("Released v1"));
        var layer = (await StoredDroplet.OfAsync(slug, "app", cancellationToken)).Layer;
        FlipABit(StoredDroplet.PathOf(slug, layer));

        var file = Path.Combine(folder.Path, ".git", "slug.tgz");
        Assert.That((await slug.SlugAsync(cancellationToken, "droplets", "download", "app", "-o", file)).ExitCode, Is.EqualTo(70));
        Assert.That(file, Does.Not.Exist);

        Assert.That((await slug.SlugAsync(cancellationToken, "droplets", "app")).Output, Does.Contain(" damaged "));
        Assert.That((await slug.SlugAsync(cancellationToken, "droplets", "app", "--json")).Output, Does.Contain("\"damaged\": true"));
        Assert.That((await slug.SlugAsync(cancellationToken, "releases", "app")).Output, Does.Contain("(damaged)"));
        Assert.That((await slug.SlugAsync(cancellationToken, "status")).Output, Does.Match("Damaged +1 droplets"));
        await slug.Service.SaysAsync($"SLUG4481: the blob '{layer}'", cancellationToken);
        foreach (var command in (string[][])[["droplets", "download", "app", "-o", file], ["run", "app", "cat", "mark"]])
        {
            var refused = await slug.SlugAsync(cancellationToken, command);
            Assert.That(refused.ExitCode, Is.EqualTo(70));
            Assert.That(refused.Output, Does.Contain("SLUG4480").And.Contains($"'{layer}'").And.Contains("git commit --allow-empty"));
        }

        var bill = await slug.SlugAsync(cancellationToken, "droplets", "sbom", "app");
        Assert.That((bill.ExitCode, bill.Output.Contains("SLUG4160", StringComparison.Ordinal)), Is.EqualTo((70, true)), bill.Output);

        var check = await slug.SlugAsync(cancellationToken, "fsck");
        Assert.That(check.ExitCode, Is.EqualTo(70));
        Assert.That(check.Output, Does.Contain($"blob {layer} is damaged").And.Contains("layer of app v1, the current release").And.Contains("SLUG4482"));

        await PushAgainAsync(slug, folder, "v2", cancellationToken);

        await AssertWholeAsync(slug, cancellationToken);
        Assert.That((await slug.SlugAsync(cancellationToken, "droplets", "download", "app", "-o", file)).ExitCode, Is.Zero);
        Assert.That((await slug.SlugAsync(cancellationToken, "droplets", "app")).Output, Does.Not.Contain("damaged").And.Contains("v2"));
        Assert.That((await slug.SlugAsync(cancellationToken, "status")).Output, Does.Not.Contain("Damaged"));
    }

    [Test, CancelAfter(240_000)]
    public async Task Should_be_missed_where_it_is_gone_be_it_layer_config_or_manifest(CancellationToken cancellationToken)
    {
        await using var slug = await Installation.StartAsync(scripted, cancellationToken);
        using var folder = await AppAsync(cancellationToken);
        await folder.PushAsync(slug, "app", cancellationToken);
        var blobs = (await StoredDroplet.OfAsync(slug, "app", cancellationToken)).Blobs;
        Assert.That(blobs, Has.Count.EqualTo(3), "a layer, a config and a manifest");
        foreach (var (index, blob) in blobs.Keys.Index())
        {
            await StoredDroplet.OfAsync(slug, "app", cancellationToken);
            File.Delete(StoredDroplet.PathOf(slug, blob));
            var run = await slug.SlugAsync(cancellationToken, "run", "app", "cat", "mark");
            Assert.That(run.Output, Does.Contain("SLUG4480").And.Contains($"'{blob}'"));
            Assert.That((await slug.SlugAsync(cancellationToken, "fsck")).Output, Does.Contain($"blob {blob} is gone"));

            await PushAgainAsync(slug, folder, $"v{index + 2}", cancellationToken);

            await AssertWholeAsync(slug, cancellationToken);
        }
    }

    // Too much for one piece, and the same in every build.
    private static Task<GitFolder> AppAsync(CancellationToken cancellationToken)
    {
        var noise = new byte[2_000_000];
        new Random(1).NextBytes(noise);
        return GitFolder.OfAsync(
            new Dictionary<string, string> { ["compile.sh"] = "echo made >mark", ["noise"] = Convert.ToBase64String(noise), ["Procfile"] = "web: sleep infinity\n" }, cancellationToken);
    }

    // As the message says: the same tree in another commit.
    private static async Task PushAgainAsync(Installation slug, GitFolder folder, string release, CancellationToken cancellationToken)
    {
        await folder.CommitAsync(new Dictionary<string, string>(), cancellationToken);
        var push = await folder.PushAsync(slug, "app", cancellationToken);
        Assert.That(push.Output, Does.Contain($"Released {release}").And.Not.Contains("same source"));
    }

    private static async Task AssertWholeAsync(Installation slug, CancellationToken cancellationToken)
    {
        var check = await slug.SlugAsync(cancellationToken, "fsck");
        Assert.That(check.ExitCode, Is.Zero, check.Output);
        Assert.That(check.Output, Does.Match("Checked [0-9]+ files, .+: all whole"));
        Assert.That((await slug.SlugAsync(cancellationToken, "run", "app", "cat", "mark")).Output, Does.Contain("made"));
    }

    private static void FlipABit(string path)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
    }
}
