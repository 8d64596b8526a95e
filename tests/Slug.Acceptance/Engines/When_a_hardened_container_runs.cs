using System.Formats.Tar;
using System.Text;
using Slug.Engines;

namespace Slug.Acceptance.Engines;

[Parallelizable]
internal sealed class When_a_hardened_container_runs
{
    [Test, CancelAfter(60_000)]
    public async Task Should_give_back_both_outputs_and_the_exit_code(CancellationToken token)
    {
        await using var bench = await EngineBench.OpenAsync(token);

        var ending = await bench.RunAsync("echo out; echo err >&2; exit 7", token);

        Assert.That((ending.Output, ending.Error, ending.State.ExitCode), Is.EqualTo(("out", "err", 7L)));
        Assert.That(ending.State.OOMKilled, Is.False);
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_hold_no_capability_and_gain_none(CancellationToken token)
    {
        await using var bench = await EngineBench.OpenAsync(token);

        var ending = await bench.RunAsync("id -u; grep -E '^(CapEff|CapBnd|NoNewPrivs|Seccomp):' /proc/self/status; ulimit -c", token);

        Assert.That(ending.Output.Split('\n'), Is.EqualTo(
            ["1000", "CapEff:\t0000000000000000", "CapBnd:\t0000000000000000", "NoNewPrivs:\t1", "Seccomp:\t2", "0"]));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_rename_between_app_and_tmp(CancellationToken token)
    {
        await using var bench = await EngineBench.OpenAsync(token);

        var ending = await bench.RunAsync("""python3 -c 'import os; open("/tmp/x", "w"); os.rename("/tmp/x", "/app/x")'""", token);

        Assert.That(ending.State.ExitCode, Is.Zero, ending.Error);
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_tell_that_its_memory_was_used_up(CancellationToken token)
    {
        await using var bench = await EngineBench.OpenAsync(token);

        var ending = await bench.RunAsync("exec python3 -c 'x = bytearray(1 << 30)'", token, limits: new() { Memory = 64 << 20 });

        Assert.That(ending.State.OOMKilled, Is.True);
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_not_start_more_processes_than_it_may(CancellationToken token)
    {
        await using var bench = await EngineBench.OpenAsync(token);

        var ending = await bench.RunAsync("for i in $(seq 100); do sleep 9 & done", token, limits: new() { Processes = 20 });

        Assert.That(ending.Error, Does.Contain("Resource temporarily unavailable"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_read_its_input_to_the_end(CancellationToken token)
    {
        await using var bench = await EngineBench.OpenAsync(token);
        var id = await bench.CreateAsync("cat; echo end", token);
        await using var streams = await bench.Engine.Containers.AttachAsync(id, terminal: false, token);
        await bench.Engine.Containers.StartAsync(id, token);
        using var output = new MemoryStream();

        await streams.WriteAsync("words\n"u8.ToArray(), token);
        streams.CloseInput();
        await streams.CopyOutputAsync(output, Stream.Null, token);

        Assert.That(Encoding.UTF8.GetString(output.ToArray()), Is.EqualTo("words\nend\n"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_stop_when_asked_and_keep_its_log(CancellationToken token)
    {
        await using var bench = await EngineBench.OpenAsync(token);
        var containers = bench.Engine.Containers;
        var id = await bench.CreateAsync("trap 'echo bye; exit 0' TERM; echo hi; while :; do sleep 0.1; done", token);
        await containers.StartAsync(id, token);

        Assert.That(await containers.StopAsync(id, TimeSpan.FromSeconds(10), token), Is.True);

        Assert.That(await containers.WaitAsync(id, token), Is.Zero);
        using var output = new MemoryStream();
        await using var log = await containers.LogsAsync(id, follow: false, token);
        await new MultiplexedStream(log).CopyAsync(output, Stream.Null, token);
        Assert.That(Encoding.UTF8.GetString(output.ToArray()), Does.EndWith("bye\n"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_find_what_was_unpacked_into_it(CancellationToken token)
    {
        await using var bench = await EngineBench.OpenAsync(token);
        var id = await bench.CreateAsync("cat /app/note", token);

        await bench.Engine.Containers.PutArchiveAsync(id, "/app", WriteNoteAsync, token);
        await bench.Engine.Containers.StartAsync(id, token);

        Assert.That(await bench.Engine.Containers.WaitAsync(id, token), Is.Zero);
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_be_found_by_label_and_be_gone_after_removal(CancellationToken token)
    {
        await using var bench = await EngineBench.OpenAsync(token);
        var id = await bench.CreateAsync("sleep 60", token);
        await bench.Engine.Containers.StartAsync(id, token);
        var label = "slug=" + bench.Instance;

        Assert.That((await bench.Engine.Containers.ListAsync([label], token)).Select(container => container.Id), Is.EqualTo([id]));
        Assert.That(await bench.Engine.Containers.RemoveAsync(id, token), Is.True);
        Assert.That(await bench.Engine.Containers.FindAsync(id, token), Is.Null);
        Assert.That(await bench.Engine.Containers.KillAsync(id, "KILL", token), Is.False);
    }

    private static async Task WriteNoteAsync(Stream stream, CancellationToken token)
    {
        await using var writer = new TarWriter(stream, TarEntryFormat.Gnu, leaveOpen: true);
        await writer.WriteEntryAsync(new GnuTarEntry(TarEntryType.RegularFile, "note") { DataStream = new MemoryStream([65]) }, token);
    }
}
