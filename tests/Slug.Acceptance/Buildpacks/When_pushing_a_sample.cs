using System.Text.Json;
using Slug.Acceptance.Registry;

namespace Slug.Acceptance.Buildpacks;

[TestFixture("node-hello")]
[TestFixture("node-static")]
[TestFixture("dotnet-hello")]
[TestFixture("python-hello")]
[TestFixture("static-hello")]
[TestFixture("procfile-hello")]
[TestFixture("worker-hello")]
[TestFixture("go-hello")]
[TestFixture("apt-hello")]
[TestFixture("php-hello")]
[TestFixture("java-hello")]
[TestFixture("ruby-hello")]
[Parallelizable]
public class When_pushing_a_sample(string sample)
{
    // What its lockfile names, or what Debian brings.
    private static readonly Dictionary<string, string> made = new()
    {
        ["node-hello"] = "pkg:npm/express@",
        ["dotnet-hello"] = "pkg:nuget/Humanizer.Core@2.14.1",
        ["python-hello"] = "pkg:pypi/greeting@1.0.0",
        ["ruby-hello"] = "pkg:gem/greeting@1.0.0",
        ["apt-hello"] = "pkg:deb/debian/hello@",
        ["php-hello"] = "pkg:composer/slug/greeting@1.0.0",
    };

    private readonly string app = $"sample-{sample}";
    private GitFolder folder = null!;
    private ProgramResult push = null!;

    [OneTimeSetUp]
    public async Task PushAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        folder = await GitFolder.OfSampleAsync(sample, patience.Token);
        push = await folder.PushAsync(Slugs.Real, app, patience.Token);
    }

    [OneTimeTearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void Should_compile_and_be_released()
    {
        Assert.That(push.ExitCode, Is.Zero, push.Output);
        Assert.That(push.Output, Does.Contain("app detected").And.Contains("Released v1"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_answer_on_its_port(CancellationToken cancellationToken)
    {
        await using var running = RunningApp.Start(Slugs.Real, app);
        Assert.That(await running.AnswerAsync("/", cancellationToken), Does.Contain("Hello").IgnoreCase);
        await running.StopAsync(cancellationToken);
        Assert.That(await Docker.ContainersAsync($"slug.run={app}", cancellationToken), Is.Empty);
    }

    [Test, CancelAfter(300_000)]
    public async Task Should_be_made_again_byte_for_byte(CancellationToken cancellationToken)
    {
        var verified = await Slugs.Real.SlugAsync(cancellationToken, "verify", app);
        Assert.That(verified.ExitCode, Is.Zero, verified.Output);
        Assert.That(verified.Output, Does.Contain("Identical: sha256:"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_start_by_hand_from_its_archive_in_the_run_image(CancellationToken cancellationToken)
    {
        await Slugs.Real.SlugAsync(cancellationToken, "droplets", "download", app, "-o", Path.Combine(folder.Path, "slug.tgz"));
        var byHand = "tar -xzf /slug.tgz -C / && (PORT=5000 /app/.slug/launch web &) && curl --silent --retry 30 --retry-connrefused --retry-delay 1 http://127.0.0.1:5000/";
        var image = (await Slugs.Real.StackAsync(cancellationToken)).Run;
        var run = await Docker.RunAsync(
            cancellationToken, "run", "--rm", "--network", "none", "--user", "0", "--volume", $"{folder.Path}/slug.tgz:/slug.tgz:ro", "--entrypoint", "bash", image, "-c", byHand);
        Assert.That(run.Output, Does.Contain("Hello").IgnoreCase);
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_be_an_image_that_Debian_s_tools_take(CancellationToken cancellationToken)
    {
        await using var tools = await ImageTools.LogInAsync(Slugs.Real, cancellationToken);
        var image = $"{tools.Registry}/{app}:v1";
        await tools.PullAsync(image, cancellationToken);
        Assert.That(await tools.AnswerAsync(image, cancellationToken), Does.Contain("Hello").IgnoreCase);
        Assert.That(await tools.RunAsync(cancellationToken, "skopeo", "inspect", "--tls-verify=false", $"docker://{image}"), Does.Contain("\"slug.droplet\""));

        var path = Path.Combine(tools.Folder, "oci");
        var layout = new DropletLayout(path, Path.Combine(Slugs.Real.Data, "copied"));
        await tools.RunAsync(cancellationToken, "skopeo", "copy", "--quiet", "--src-tls-verify=false", $"docker://{image}", $"oci:{path}:gzip");
        await tools.RunAsync(cancellationToken, "skopeo", "copy", "--quiet", "--src-tls-verify=false", $"docker://{image}-zstd", $"oci:{path}:zstd");
        await layout.LeaveTheStackOutAsync("gzip", "droplet", cancellationToken);
        await tools.RunAsync(cancellationToken, "umoci", "unpack", "--image", $"{path}:droplet", Path.Combine(tools.Folder, "bundle"));
        var root = Path.Combine(tools.Folder, "bundle", "rootfs");
        var tracked = (await folder.GitAsync(cancellationToken, "ls-files", "Procfile", "package.json", "*.py", "*.go", "*.php", "*.rb", "index.html")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var file in tracked)
            Assert.That(Path.Combine(root, "app", file), Does.Exist);
        Assert.That(Path.Combine(root, "app", ".slug", "launch"), Does.Exist);
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_leave_a_record_of_all_that_went_in(CancellationToken cancellationToken)
    {
        var record = JsonDocument.Parse((await Slugs.Real.SlugAsync(cancellationToken, "droplets", "show", app, "--json")).Output).RootElement;
        Assert.That(record.GetProperty("source").GetProperty("commit").GetString(), Is.EqualTo((await folder.GitAsync(cancellationToken, "rev-parse", "HEAD")).Output.Trim()));
        Assert.That(record.GetProperty("source").GetProperty("tree").GetString(), Is.EqualTo((await folder.GitAsync(cancellationToken, "rev-parse", "HEAD^{tree}")).Output.Trim()));
        var phases = record.GetProperty("phases").EnumerateArray().ToList();
        Assert.That(phases.Select(phase => phase.GetProperty("phase").GetString()), Is.EqualTo((string[])["fetch", "detect", "restore", "compile", "release", "pack", "submit"]));
        Assert.That(phases.Select(phase => phase.GetProperty("exitCode").GetInt32()), Is.All.Zero);
        Assert.That(record.GetProperty("buildpacks").EnumerateArray().Any(buildpack => buildpack.GetProperty("compiled").GetBoolean()));
        Assert.That((await Slugs.Real.SlugAsync(cancellationToken, "droplets", "show", record.GetProperty("droplet").GetString()!["sha256:".Length..][..12])).Output, Does.Contain(record.GetProperty("droplet").GetString()).And.Contains("compile"));
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_say_what_it_is_made_of_and_sign_it(CancellationToken cancellationToken)
    {
        var bill = JsonDocument.Parse((await Slugs.Real.SlugAsync(cancellationToken, "droplets", "sbom", app)).Output).RootElement;
        var packages = bill.GetProperty("components").EnumerateArray().Select(component => component.GetProperty("purl").GetString()).ToList();
        Assert.That(packages, Has.Some.StartsWith("pkg:deb/debian/libc6@"));
        if (made.TryGetValue(sample, out var package))
            Assert.That(packages, Has.Some.StartsWith(package));
        var verified = await Slugs.Real.SlugAsync(cancellationToken, "droplets", "verify-signature", app);
        Assert.That(verified.ExitCode, Is.Zero, verified.Output);
        Assert.That(verified.Output, Does.Contain("provenance: signed by key").And.Contains("sbom: signed by key"));
    }
}
