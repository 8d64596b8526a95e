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
}
