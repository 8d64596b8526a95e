using Slug.Pushes;

namespace Slug.Tests.Pushes;

[CancelAfter(60_000)]
internal sealed class When_a_push_is_too_large : PushSituation
{
    protected override void Configure(PushOptions options)
    {
        options.Limit = 1_000_000;
        options.Refs = 2;
        options.Heartbeat = TimeSpan.FromSeconds(1);
    }

    [TestCase("65536")]
    [TestCase("100000000")]
    public async Task Git_says_so_and_nothing_is_left(string postBuffer)
    {
        await Client.GitAsync("config", "http.postBuffer", postBuffer);
        var random = new byte[5_000_000];
        new Random(1).NextBytes(random);
        await File.WriteAllBytesAsync(Path.Combine(Client.Folder, "random"), random);
        await Client.CommitAsync("small", "small\n");

        var push = await Client.PushAsync("main");

        Assert.That(push.ExitCode, Is.EqualTo(1), push.Error);
        Assert.That(push.Error, Does.Contain("pack exceeds maximum allowed size"));
        Assert.That(Host.Builds.Seen, Is.Empty);
        Assert.That((await InRepositoryAsync("count-objects", "-v")).Output, Does.Contain("in-pack: 0"));
    }

    [Test]
    public async Task More_branches_than_an_app_may_have_are_refused()
    {
        await Client.PushAsync("main", "main:a");

        var push = await Client.PushAsync("main:b");

        Assert.That(push.ExitCode, Is.EqualTo(1));
        Assert.That(push.Error, Does.Contain("SLUG1015"));
    }

    [Test]
    public async Task A_silent_build_shows_a_sign_of_life()
    {
        var build = new HeldBuild();
        Host.Builds.Answer = build.AnswerAsync;
        await using var push = new RunningPush(Client, "main");

        await push.ShowsAsync("       … 1s");
        build.Release();

        Assert.That((await push.EndAsync()).ExitCode, Is.Zero);
    }
}
