using Slug.Hosting;

namespace Slug.Tests.Hosting;

internal sealed class ChildProcessTests
{
    [Test, CancelAfter(60_000)]
    public async Task Exit_code_and_both_outputs_come_back(CancellationToken token)
    {
        var result = await new ChildProcess("sh", "-c", "echo out; echo err >&2; exit 3").RunAsync(token);

        Assert.That(result, Is.EqualTo(new ChildResult(3, "out\n", "err\n")));
        Assert.That(result.Succeeded, Is.False);
    }

    [Test, CancelAfter(60_000)]
    public async Task Arguments_are_values_and_not_shell(CancellationToken token) =>
        Assert.That((await new ChildProcess("printf", "%s", "$(id); *").RunAsync(token)).Output, Is.EqualTo("$(id); *"));

    [Test, CancelAfter(60_000)]
    public async Task A_given_environment_is_the_whole_environment(CancellationToken token)
    {
        var program = new ChildProcess("/usr/bin/env") { Environment = new Dictionary<string, string> { ["A"] = "1" } };

        Assert.That((await program.RunAsync(token)).Output, Is.EqualTo("A=1\n"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Input_reaches_the_program_and_one_that_does_not_read_it_is_no_error(CancellationToken token)
    {
        Assert.That((await new ChildProcess("cat") { Input = "words" }.RunAsync(token)).Output, Is.EqualTo("words"));
        Assert.That((await new ChildProcess("true") { Input = new string('x', 1 << 20) }.RunAsync(token)).Succeeded, Is.True);
    }

    [Test, CancelAfter(60_000)]
    public async Task The_first_of_stdout_and_the_last_of_stderr_are_kept(CancellationToken token)
    {
        var program = new ChildProcess("sh", "-c", "seq 100000; seq 100000 >&2") { CaptureLimit = 8 };

        var result = await program.RunAsync(token);

        Assert.That(result.Output, Is.EqualTo("1\n2\n3\n4\n"));
        Assert.That(result.Error, Is.EqualTo("\n100000\n"));
    }

    [Test]
    public void A_missing_program_is_named() =>
        Assert.That(() => new ChildProcess("no-such-program").Start(), Throws.InstanceOf<ProgramNotStartedException>()
            .With.Property(nameof(ProgramNotStartedException.Program)).EqualTo("no-such-program"));

    [TestCase(true)]
    [TestCase(false)]
    [CancelAfter(60_000)]
    public async Task Cancelling_stops_it_politely(bool ownSession, CancellationToken token)
    {
        var mark = Path.GetTempFileName();
        var program = new ChildProcess("bash", "-c", "trap 'echo stopped > \"$0\"; exit' TERM; echo ready; while :; do read -t 1 < /dev/zero; done", mark)
        {
            OwnSession = ownSession,
        };
        await using var child = program.Start();
        await child.Output.ReadExactlyAsync(new byte[6], token);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        Assert.That(async () => await child.WaitAsync(stop.Token), Throws.InstanceOf<OperationCanceledException>());

        Assert.That(await File.ReadAllTextAsync(mark, token), Is.EqualTo("stopped\n"));
        File.Delete(mark);
    }

    [Test, CancelAfter(60_000)]
    public async Task A_program_that_will_not_stop_is_killed_after_its_grace(CancellationToken token)
    {
        var program = new ChildProcess("bash", "-c", "trap '' TERM; echo ready; while :; do read -t 1 < /dev/zero; done")
        {
            Grace = TimeSpan.FromMilliseconds(200),
        };
        await using var child = program.Start();
        await child.Output.ReadExactlyAsync(new byte[6], token);

        await child.StopAsync(token);

        Assert.That(await child.WaitAsync(token), Is.EqualTo(128 + 9));
    }

    [Test, CancelAfter(60_000)]
    public async Task A_detached_program_writes_to_its_log(CancellationToken token)
    {
        var log = Path.GetTempFileName();

        await using var child = new ChildProcess("sh", "-c", "echo out; echo err >&2").StartDetached(log);
        await child.WaitAsync(token);

        Assert.That(await File.ReadAllTextAsync(log, token), Is.EqualTo("out\nerr\n"));
        File.Delete(log);
    }
}
