namespace Slug.Acceptance.Builds;

[Parallelizable]
public class When_a_limit_is_reached
{
    private Installation slug = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        using var patience = Slugs.Patience();
        slug = await Installation.StartAsync(
            [
                "--buildpacks", Slugs.ScriptBuildpacks, "--build-timeout", "20s", "--build-memory", "256M", "--build-pids", "64",
                "--log-limit", "100K", "--slug-limit", "1M",
            ],
            patience.Token);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await slug.DisposeAsync();

    [TestCase("sleep 600", "SLUG3003", "timed out after 20s in phase compile")]
    [TestCase("python3 -c 'x = bytearray(1 << 30)'", "SLUG3101", "ran out of memory (256 MB)")]
    [TestCase("python3 -c \"import subprocess; [subprocess.Popen(['sleep', '300']) for _ in range(200)]\"", "SLUG3102", "64 processes")]
    [TestCase("head -c 3000000 /dev/urandom >large", "SLUG3162", "the limit is 1 MB")]
    [TestCase("mkfifo pipe", "SLUG3161", "pipe")]
    [CancelAfter(60_000)]
    public async Task Should_say_which_and_leave_nothing_behind(string script, string code, string words, CancellationToken cancellationToken)
    {
        using var folder = await Slugs.AppThatAsync(script, cancellationToken);
        var push = await folder.PushAsync(slug, Slugs.NewName(), cancellationToken);
        Assert.That(push.ExitCode, Is.Not.Zero);
        Assert.That(push.Output, Does.Contain(code).And.Contains(words));
        await Docker.EventuallyHasAsync(slug.Label, containers: 1, cancellationToken);
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_drop_a_flood_of_log_and_say_how_much(CancellationToken cancellationToken)
    {
        using var folder = await Slugs.AppThatAsync("yes 'all work and no play' | head -c 6000000; echo", cancellationToken);
        var push = await folder.PushAsync(slug, Slugs.NewName(), cancellationToken);
        Assert.That(push.ExitCode, Is.Zero, push.Output);
        Assert.That(push.Output, Does.Contain("SLUG3011").And.Match(@"5\.\d MB of it were dropped"));
        Assert.That(push.Output, Has.Length.LessThan(300_000));
    }
}
