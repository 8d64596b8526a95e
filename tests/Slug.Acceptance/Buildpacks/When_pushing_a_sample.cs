using System.Text.RegularExpressions;
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
public partial class When_pushing_a_sample(string sample)
{
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
    public async Task Should_become_the_same_droplet_in_another_installation(CancellationToken cancellationToken)
    {
        Assert.That((await folder.PushAsync(Slugs.Other, app, cancellationToken)).ExitCode, Is.Zero);
        Assert.That(await DropletOfAsync(Slugs.Other, cancellationToken), Is.EqualTo(await DropletOfAsync(Slugs.Real, cancellationToken)));
        Assert.That(await SlugOfAsync(Slugs.Other, cancellationToken), Is.EqualTo(await SlugOfAsync(Slugs.Real, cancellationToken)));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_start_by_hand_from_its_archive_in_the_run_image(CancellationToken cancellationToken)
    {
        await SlugOfAsync(Slugs.Real, cancellationToken);
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

    private async Task<string> DropletOfAsync(Installation slug, CancellationToken cancellationToken) =>
        AnyDigest().Match((await slug.SlugAsync(cancellationToken, "droplets", app, "--json")).Output).Value;

    private async Task<byte[]> SlugOfAsync(Installation slug, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder.Path, "slug.tgz");
        Assert.That((await slug.SlugAsync(cancellationToken, "droplets", "download", app, "-o", file)).ExitCode, Is.Zero);
        return await File.ReadAllBytesAsync(file, cancellationToken);
    }

    [GeneratedRegex("sha256:[0-9a-f]{64}")]
    private static partial Regex AnyDigest();
}
