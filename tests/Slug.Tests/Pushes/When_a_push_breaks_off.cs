using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Slug.Pushes;

namespace Slug.Tests.Pushes;

[CancelAfter(60_000)]
internal sealed class When_a_push_breaks_off : PushSituation
{
    [Test]
    public async Task A_pusher_who_hangs_up_in_mid_build_stops_nothing()
    {
        var build = new HeldBuild();
        Host.Builds.Answer = build.AnswerAsync;
        await using var push = new RunningPush(Client, "main");
        await push.ShowsAsync("-----> Building");

        await push.HangUpAsync();
        build.Release();
        await TurnEndsAsync(await build.Started);

        Assert.That((await InRepositoryAsync("rev-parse", "main")).Output.Trim(), Is.EqualTo(await Client.HeadAsync()));
    }

    [Test]
    public async Task A_pusher_who_hangs_up_before_the_pack_is_whole_leaves_nothing()
    {
        await Client.PushAsync("main:before");
        using (var tcp = new TcpClient())
        {
            await tcp.ConnectAsync(Host.Address.Host, Host.Address.Port);
            var head = await Client.HeadAsync();
            var command = new ArrayBufferWriter<byte>();
            PktLine.Text($"{ObjectId.Zero} {head} refs/heads/main\0 report-status side-band-64k").WriteTo(command);
            await tcp.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                "POST /sample.git/git-receive-pack HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-git-receive-pack-request\r\n"
                + $"Authorization: Bearer {Host.Token}\r\nContent-Length: 1000000\r\n\r\n"));
            await tcp.GetStream().WriteAsync(command.WrittenMemory);
            while (Children().Length == 0)
                await Task.Yield();
        }

        await Host.StopAsync();

        Assert.That(Directory.GetDirectories((await Host.RepositoryAsync("sample")).Objects, "tmp_objdir*"), Is.Empty);
        Assert.That(Children(), Is.Empty);
    }

    [Test]
    public async Task A_killed_receive_pack_ends_the_build_and_what_it_left_is_swept()
    {
        var build = new HeldBuild();
        Host.Builds.Answer = build.AnswerAsync;
        await using var push = new RunningPush(Client, "main");
        await push.ShowsAsync("-----> Building");

        foreach (var child in Children())
            Process.GetProcessById(child).Kill();
        await build.Cancelled;
        await TurnEndsAsync(await build.Started);
        Assert.That((await push.EndAsync()).ExitCode, Is.Not.Zero);

        var repository = await Host.RepositoryAsync("sample");
        await File.WriteAllTextAsync(Path.Combine(repository.Directory, "refs/heads/main.lock"), "");
        Assert.That(Directory.GetDirectories(repository.Objects, "tmp_objdir*"), Is.Not.Empty);
        await Host.Services.GetRequiredService<RepositorySweep>().RunAsync(CancellationToken.None);
        Assert.That(Directory.GetDirectories(repository.Objects, "tmp_objdir*"), Is.Empty);
        Host.Builds.Answer = (_, _) => FakeBuilds.Accept();
        Assert.That((await Client.PushAsync("main")).ExitCode, Is.Zero);
    }

    [Test]
    public async Task A_service_that_stops_says_so_and_changes_nothing()
    {
        var build = new HeldBuild();
        Host.Builds.Answer = build.AnswerAsync;
        await using var push = new RunningPush(Client, "main");
        await push.ShowsAsync("-----> Building");

        var stopped = Host.StopAsync();

        var refused = await push.EndAsync();
        Assert.That(refused.Error, Does.Contain("SLUG1022"));
        Assert.That(refused.ExitCode, Is.EqualTo(1));
        await stopped;
    }

    [Test]
    public async Task The_repository_of_an_app_that_is_gone_is_removed_at_the_next_start()
    {
        await Client.PushAsync("main");
        var repository = await Host.RepositoryAsync("sample");
        await Host.Apps.DestroyAsync((await Host.Apps.ListAsync(CancellationToken.None))[0], "tests", CancellationToken.None);

        await Host.Services.GetRequiredService<RepositorySweep>().RunAsync(CancellationToken.None);

        Assert.That(repository.Exists, Is.False);
    }

    private async Task TurnEndsAsync(Push push)
    {
        using var turn = Host.Services.GetRequiredService<PushTurns>().Enter(push.App.Id);
        await foreach (var _ in turn.AheadAsync(TestContext.CurrentContext.CancellationToken))
        {
        }
    }

    /// <summary>The git programs that this process has started.</summary>
    private static int[] Children() =>
        [.. Directory.GetDirectories("/proc/self/task")
            .SelectMany(task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(child => int.Parse(child, CultureInfo.InvariantCulture))
            .Where(child => File.ReadAllText($"/proc/{child}/cmdline").Contains("receive-pack", StringComparison.Ordinal))];
}
