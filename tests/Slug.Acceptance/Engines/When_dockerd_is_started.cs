using Slug.Engines;

namespace Slug.Acceptance.Engines;

internal sealed class When_dockerd_is_started
{
    [Test, CancelAfter(60_000)]
    public async Task Should_leave_an_engine_alone_that_answers(CancellationToken token)
    {
        await using var bench = await EngineBench.OpenAsync(token);

        Assert.That(await new DockerDaemon(bench.Engine, TimeProvider.System).EnsureAsync(Path.GetTempPath(), token), Is.False);
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_show_its_last_words_when_it_ends_at_once(CancellationToken token)
    {
        if (DockerDaemon.HasSystemd)
            Assert.Ignore("systemd starts the engine on this machine");
        // An engine runs already and holds dockerd's PID file: a second one refuses to start.
        await using var bench = await EngineBench.OpenAsync(token);
        using var second = new DockerEngine(new() { Socket = Path.Combine(Path.GetTempPath(), $"slug-{bench.Instance}.sock") }, TimeProvider.System);
        var logs = Directory.CreateTempSubdirectory("slug-dockerd-");

        Assert.That(async () => await new DockerDaemon(second, TimeProvider.System).EnsureAsync(logs.FullName, token),
            Throws.InstanceOf<EngineException>().With.Message.StartsWith("SLUG7008: dockerd does not start").And.Message.Contains("docker.pid"));

        logs.Delete(recursive: true);
    }
}
