using System.Text;
using Slug.Builder.Commands;
using Slug.Builder.Tests.Support;

namespace Slug.Builder.Tests.Commands;

[CancelAfter(60_000)]
internal sealed class CommandRunTests
{
    private readonly TemporaryFolder folder = new();
    private readonly Capture output = new();

    [TearDown]
    public void Leave() => folder.Dispose();

    [TestCase("exit 0", 0)]
    [TestCase("exit 3", 3)]
    [TestCase("kill -9 $$", 137)]
    public async Task The_exit_code_is_the_program_s_own(string script, int exitCode) =>
        Assert.That(await RunAsync(script), Is.EqualTo(exitCode));

    [Test]
    public async Task A_program_that_is_not_there_is_127() =>
        Assert.That(await RunAsync(new Command { Program = folder.At("gone"), Arguments = [], Directory = "/", Environment = new Dictionary<string, string>() }), Is.EqualTo(127));

    [Test]
    public async Task Arguments_are_words_not_shell()
    {
        await RunAsync(Shell("printf '%s,' \"$@\"", "a b", "$HOME", "-x", "", "*"));

        Assert.That(output.Output, Is.EqualTo("a b,$HOME,-x,,*,"));
    }

    [Test]
    public async Task There_is_nothing_to_read()
    {
        await RunAsync("cat; echo end");

        Assert.That(output.Output, Is.EqualTo("end\n"));
    }

    [Test]
    public async Task Lines_of_both_streams_keep_their_order_when_each_is_heard_before_the_next()
    {
        var heard = folder.At("");
        var command = Shell("heard() { until [ -e \"$1\" ]; do sleep 0.01; done; }; for i in 1 2 3 4 5; do echo o$i; heard $1/o$i; echo e$i >&2; heard $1/e$i; done", heard);
        await new CommandRun(TimeProvider.System).RunAsync(
            command,
            async (source, bytes, stop) =>
            {
                await output.AddAsync(source, bytes, stop);
                await File.WriteAllTextAsync(Path.Combine(heard, Encoding.UTF8.GetString(bytes.Span).Trim()), "", stop);
            },
            TestContext.CurrentContext.CancellationToken);
        await output.CompleteAsync(default);

        Assert.That(string.Concat(output.LastLines), Is.EqualTo("o1e1o2e2o3e3o4e4o5e5"));
    }

    [Test]
    public async Task What_a_program_leaves_behind_is_ended()
    {
        var pid = folder.At("pid");
        await RunAsync($"(trap '' TERM HUP; exec sleep 1000) & echo $! > {pid}");

        Assert.That(() => IsAlive(pid), Is.False.After(60_000, 20));
    }

    [Test]
    public async Task What_a_child_still_says_after_the_program_s_end_is_heard()
    {
        // By this clock it is never too late.
        await RunAsync(Shell("(sleep 0.2; echo late) & echo early"), new StoppedClock());

        Assert.That(output.Output, Is.EqualTo("early\nlate\n"));
    }

    [Test]
    public async Task Output_held_open_from_another_session_does_not_hang_the_run()
    {
        var pid = folder.At("pid");
        await RunAsync($"setsid bash -c 'echo $$ > {pid}; exec sleep 1000' & until [ -s {pid} ]; do sleep 0.01; done; echo done");

        Assert.That(output.Output, Is.EqualTo("done\n"));
        _ = Native.Signal(int.Parse(await File.ReadAllTextAsync(pid), null), Native.Kill);
    }

    [Test]
    public async Task A_run_that_is_stopped_ends_politely_with_all_it_started()
    {
        using var stop = new CancellationTokenSource();
        var (pid, polite) = (folder.At("pid"), folder.At("polite"));
        var command = Shell($"trap 'echo > {polite}; exit' TERM; (trap '' TERM; exec sleep 1000) & echo $! > {pid}; echo ready; wait");
        var run = new CommandRun(TimeProvider.System).RunAsync(
            command,
            (_, _, _) => stop.CancelAsync(),
            stop.Token);

        Assert.That(async () => await run, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(polite, Does.Exist);
        Assert.That(() => IsAlive(pid), Is.False.After(60_000, 20));
    }

    [Test]
    public async Task Output_past_what_is_kept_is_dropped_and_does_not_hang()
    {
        await RunAsync("head -c 5000000 /dev/zero | tr '\\0' x");

        Assert.That(output.Output, Has.Length.EqualTo(1 << 20));
    }

    private static bool IsAlive(string pidFile)
    {
        var pid = File.ReadAllText(pidFile).Trim();
        try
        {
            return !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static Command Shell(string script, params string[] arguments) => new()
    {
        Program = "/bin/bash",
        Arguments = ["-c", script, "bash", .. arguments],
        Directory = "/",
        Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" },
    };

    private Task<int> RunAsync(string script) => RunAsync(Shell(script));

    private async Task<int> RunAsync(Command command, TimeProvider? time = null)
    {
        var exitCode = await new CommandRun(time ?? TimeProvider.System).RunAsync(command, output.AddAsync, TestContext.CurrentContext.CancellationToken);
        await output.CompleteAsync(default);
        return exitCode;
    }

    /// <summary>Nothing is ever due.</summary>
    private sealed class StoppedClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
