namespace Slug.Acceptance.Engines;

[Parallelizable]
public class When_the_engine_dies
{
    [Test, CancelAfter(300_000)]
    public async Task Should_fail_the_build_with_that_reason_and_build_again_when_it_is_back(CancellationToken cancellationToken)
    {
        await using var engine = new PrivateEngine();
        await engine.StartAsync(cancellationToken);
        await engine.TakeStackAsync(cancellationToken);
        await using var slug = await Installation.StartAsync(
            ["--buildpacks", Slugs.ScriptBuildpacks, "--build-network", "none"], engine.Socket, cancellationToken);
        using var folder = await Slugs.AppThatAsync("echo under way; sleep 300", cancellationToken);
        await using var push = folder.StartGit("push", slug.RemoteOf("outlived"), "main");
        await push.SaysAsync("under way", cancellationToken);

        await engine.KillAsync(cancellationToken);
        var broken = await push.EndAsync(cancellationToken);
        Assert.That(broken.ExitCode, Is.Not.Zero);
        Assert.That(broken.Output, Does.Match("SLUG700[1-6]"));
        Assert.That((await folder.PushAsync(slug, "outlived", cancellationToken)).Output, Does.Contain("SLUG7001"));
        using (var client = new HttpClient())
            Assert.That(await client.GetStringAsync(new Uri($"{slug.Url}/healthz"), cancellationToken), Does.StartWith("ok"));

        await engine.StartAsync(cancellationToken);
        await folder.CommitAsync(new Dictionary<string, string> { ["compile.sh"] = "echo no network needed" }, cancellationToken);
        var again = await folder.PushAsync(slug, "outlived", cancellationToken);
        Assert.That(again.Output, Does.Contain("no network needed").And.Contains("Released v1"));
    }
}
