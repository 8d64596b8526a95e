using System.Text.RegularExpressions;

namespace Slug.Acceptance.Builds;

/// <summary>Apps with the same packages of the archive that the stack is made from.</summary>
[Parallelizable]
internal sealed partial class When_builds_share_Debian_packages
{
    private Installation slug = null!;
    private Installation scripted = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        using var patience = Slugs.Patience();
        slug = await Installation.StartAsync([], patience.Token);
        scripted = await Installation.StartAsync(["--buildpacks", Slugs.ScriptBuildpacks], patience.Token);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await scripted.DisposeAsync();
        await slug.DisposeAsync();
    }

    [Test, CancelAfter(300_000)]
    public async Task Should_fetch_each_once_and_leave_no_trace_of_it_in_the_droplet(CancellationToken cancellationToken)
    {
        using var folder = await GitFolder.OfSampleAsync("apt-hello", cancellationToken);
        var first = await folder.PushAsync(slug, "first", cancellationToken);
        Assert.That(first.ExitCode, Is.Zero, first.Output);
        Assert.That(first.Output, Does.Not.Contain("Xfers"), "curl's progress");
        var kept = await KeptAsync(slug, cancellationToken);
        Assert.That(kept, Has.Count.EqualTo(Packages().Count(first.Output)));

        var second = await folder.PushAsync(slug, "second", cancellationToken);

        Assert.That(second.Output, Does.Contain("No cache restored").And.Match(@" hello \d").And.Contains("Released v1"));
        Assert.That(await KeptAsync(slug, cancellationToken), Is.EqualTo(kept));
        await using var without = await Installation.StartAsync(["--downloads", "0"], cancellationToken);
        var third = await folder.PushAsync(without, "third", cancellationToken);
        Assert.That(third.ExitCode, Is.Zero, third.Output);
        Assert.That(await DropletAsync(slug, "second", cancellationToken), Is.EqualTo(await DropletAsync(without, "third", cancellationToken)));
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_need_the_archive_for_no_package_that_is_kept_and_the_service_for_none(CancellationToken cancellationToken)
    {
        var output = await BuildAsync(
            """
            unpack first "$installed" hello
            echo 'Acquire::http::Proxy "http://127.0.0.1:9/"; Acquire::https::Proxy "http://127.0.0.1:9/";' >/tmp/nowhere
            export APT_CONFIG=/tmp/nowhere
            unpack second "$installed" hello
            [[ -x second/usr/bin/hello ]] && echo 'without the archive: there'
            export SLUG_APT_MIRROR=http://127.0.0.1:9/
            (unpack third "$installed" hello) || echo 'without both: failed'
            unset APT_CONFIG
            unpack fourth "$installed" hello
            [[ -x fourth/usr/bin/hello ]] && echo 'without the service: there'
            """, cancellationToken);

        Assert.That(output, Does.Contain("without the archive: there").And.Contains("without both: failed").And.Contains("without the service: there"));
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_neither_write_there_nor_get_anything_else(CancellationToken cancellationToken)
    {
        var output = await BuildAsync(
            """
            unpack first "$installed" socat
            rm "$apt"/archives/*.deb
            read -r url _ _ hash < <(apt_get "$installed" -o Acquire::ForceHash=SHA256 --print-uris install socat | grep /socat_ | tr -d "'")
            hash=${hash#*:}
            wrong=$(sha256sum <compile.sh | cut -d ' ' -f 1)
            ask() { curl --silent --output /tmp/answer --write-out "$1 %{http_code}\n" "${@:3}" "$SLUG_APT_MIRROR$2"; }
            ask right "$hash/$url"
            sha256sum --check <<<"$hash  /tmp/answer"
            ask put "$hash/$url" --upload-file compile.sh
            ask wrong "$wrong/$url"
            ask elsewhere "$hash/http://other.example/debian/pool/main/s/socat/socat_1_amd64.deb"
            ask index "$hash/${url%%/pool/*}/dists/bookworm/InRelease"
            ask again "$hash/$url"
            sha256sum --check <<<"$hash  /tmp/answer"
            """, cancellationToken);

        Assert.That(output, Does.Contain("right 200").And.Contains("put 307").And.Contains("wrong 502").And.Contains("elsewhere 404")
            .And.Contains("index 404").And.Contains("again 200").And.Not.Contains("FAILED"));
    }

    private async Task<string> BuildAsync(string script, CancellationToken cancellationToken)
    {
        using var app = await Slugs.AppThatAsync($"set -euo pipefail\nsource ./shell.sh\nsource ./apt.sh\ninstalled=/var/lib/dpkg/status\n{script}\n", cancellationToken);
        await app.CommitAsync(((string[])["shell.sh", "apt.sh"]).ToDictionary(name => name, name => File.ReadAllText(Path.Combine(Repository.Root, "buildpacks", "apt", "lib", name))), cancellationToken);
        var push = await app.PushAsync(scripted, Slugs.NewName(), cancellationToken);
        Assert.That(push.ExitCode, Is.Zero, push.Output);
        return push.Output;
    }

    // Names and inodes: an archive that is fetched again is another file.
    private static async Task<List<string>> KeptAsync(Installation slug, CancellationToken cancellationToken)
    {
        await using var find = RunningProgram.Start("find", [Path.Combine(slug.Data, "downloads"), "-type", "f", "-printf", "%i %p\n"]);
        return [.. (await find.EndAsync(cancellationToken)).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
    }

    private static async Task<string> DropletAsync(Installation slug, string app, CancellationToken cancellationToken) =>
        AnyDigest().Match((await slug.SlugAsync(cancellationToken, "droplets", app, "--json")).Output).Value;

    [GeneratedRegex("sha256:[0-9a-f]{64}")]
    private static partial Regex AnyDigest();

    // A line each, as list_fetched writes them.
    [GeneratedRegex(@"^remote: {8,}[a-z0-9+.-]+ [0-9]\S*\s*$", RegexOptions.Multiline)]
    private static partial Regex Packages();
}
