using System.Text.Json;
using Slug.Acceptance.Droplets;

namespace Slug.Acceptance.Builds;

[Parallelizable]
public class When_the_store_is_swept
{
    private static readonly string[] few = ["--buildpacks", Slugs.ScriptBuildpacks, "--keep-releases", "1", "--keep-droplets", "1", "--keep-builds", "2"];

    [Test, CancelAfter(240_000)]
    public async Task Should_free_the_disk_of_old_droplets_and_leave_the_current_release_whole(CancellationToken cancellationToken)
    {
        await using var slug = await Installation.StartAsync(few, cancellationToken);
        using var folder = await Slugs.AppThatAsync(Version(1), cancellationToken);
        var droplets = new List<string>();
        for (var version = 1; version <= 4; version++)
        {
            await folder.CommitAsync(new Dictionary<string, string> { ["compile.sh"] = Version(version) }, cancellationToken);
            Assert.That((await folder.PushAsync(slug, "app", cancellationToken)).Output, Does.Contain($"Released v{version}"));
            droplets.AddRange((await StoredDroplet.OfAsync(slug, "app", cancellationToken)).Blobs.Keys.Select(blob => blob.Split(':')[1]));
        }

        Assert.That(droplets, Has.Count.EqualTo(12), "a layer, a config and a manifest for each");
        var rehearsed = await SweptAsync(slug, cancellationToken, "--dry-run");
        Assert.That(droplets, Is.SubsetOf(Blobs(slug)));

        var swept = await SweptAsync(slug, cancellationToken);
        Assert.That(swept, Is.EqualTo(rehearsed));
        Assert.That((swept["releases"], swept["droplets"], swept["builds"]), Is.EqualTo((3, 2, 2)));
        Assert.That(Blobs(slug), Is.SupersetOf(droplets[6..]).And.Count.InRange(6, 8), "what is kept, and the lists of its files, as far as they are made already");
        Assert.That(Blobs(slug).Intersect(droplets[..6]), Is.Empty);
        Assert.That(Directory.GetFiles(Path.Combine(slug.Data, "logs")), Has.Length.EqualTo(2));

        Assert.That((await slug.SlugAsync(cancellationToken, "run", "app", "cat", "version")).Output, Does.Contain("version 4"));
        var file = Path.Combine(folder.Path, "slug.tgz");
        Assert.That((await slug.SlugAsync(cancellationToken, "droplets", "download", "app", "-o", file)).ExitCode, Is.Zero);
        Assert.That(new FileInfo(file).Length, Is.Positive);
        Assert.That((await slug.SlugAsync(cancellationToken, "gc")).Output, Does.Match("total +0 +0 B"));
        Assert.That((await slug.SlugAsync(cancellationToken, "status")).Output, Does.Match("Disk +droplets .+, caches .+, repositories .+, large files .+, buildpacks .+, logs .+, capsules "));
    }

    [Test, CancelAfter(180_000)]
    public async Task Should_let_a_build_under_way_become_a_release(CancellationToken cancellationToken)
    {
        await using var slug = await Installation.StartAsync(few, cancellationToken);
        using var folder = await Slugs.AppThatAsync(Version(1), cancellationToken);
        await folder.PushAsync(slug, "app", cancellationToken);
        await folder.CommitAsync(new Dictionary<string, string> { ["compile.sh"] = Version(2) }, cancellationToken);
        await folder.PushAsync(slug, "app", cancellationToken);

        // The droplet of version 2 again: its layer is known, and asked for while sweeps go on.
        await folder.CommitAsync(new Dictionary<string, string>(), cancellationToken);
        await using var push = folder.StartGit("push", "-o", "no-cache", slug.RemoteOf("app"), "main");
        var end = push.EndAsync(cancellationToken);
        while (!end.IsCompleted)
            Assert.That((await slug.SlugAsync(cancellationToken, "gc")).ExitCode, Is.Zero);

        Assert.That((await end).Output, Does.Contain("Released v3"));
        await slug.SlugAsync(cancellationToken, "gc");
        Assert.That((await slug.SlugAsync(cancellationToken, "run", "app", "cat", "version")).Output, Does.Contain("version 2"));
    }

    private static string Version(int number) => $"echo version {number} >version; sleep 1";

    private static IReadOnlyList<string?> Blobs(Installation slug) =>
        [.. Directory.GetFiles(Path.Combine(slug.Data, "oci", "blobs", "sha256")).Select(Path.GetFileName)];

    // Kind to number.
    private static async Task<Dictionary<string, int>> SweptAsync(Installation slug, CancellationToken cancellationToken, params string[] options)
    {
        var swept = await slug.SlugAsync(cancellationToken, ["gc", "--json", .. options]);
        return JsonDocument.Parse(swept.Output).RootElement.EnumerateArray()
            .ToDictionary(kind => kind.GetProperty("kind").GetString()!, kind => kind.GetProperty("count").GetInt32());
    }
}
