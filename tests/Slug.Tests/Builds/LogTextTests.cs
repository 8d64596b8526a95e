using System.Text;
using Slug.Builds;
using Slug.Content.Wire;
using Slug.Tests.Pushes;

namespace Slug.Tests.Builds;

[CancelAfter(60_000)]
internal sealed class LogTextTests
{
    private static readonly TimeSpan quiet = TimeSpan.FromMinutes(1);

    private string path = null!;

    [SetUp]
    public void ChooseFile() => path = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid():N}.log");

    [TearDown]
    public void RemoveFile() => File.Delete(path);

    [Test]
    public async Task From_any_byte_on_it_is_the_rest_of_the_same_text(CancellationToken cancellationToken)
    {
        using var log = new BuildLog(path, 1000, TimeProvider.System);
        log.Say("-----> Grüße");
        log.Say("");
        log.Say("12 x 34 o");
        log.Complete();
        var whole = Encoding.UTF8.GetBytes("-----> Grüße\n\n12 x 34 o\n");
        for (var from = 0; from <= whole.Length; from++)
            Assert.That(await BytesAsync(log, from, cancellationToken), Is.EqualTo(whole[from..]), $"from {from}");
    }

    [Test]
    public async Task A_reader_from_far_inside_reads_what_stands_there(CancellationToken cancellationToken)
    {
        using var log = new BuildLog(path, long.MaxValue, TimeProvider.System);
        var whole = new StringBuilder();
        for (var i = 0; i < 20_000; i++)
        {
            log.Say($"line {i}");
            whole.Append($"line {i}\n");
        }

        log.Complete();
        var expected = Encoding.UTF8.GetBytes(whole.ToString());
        foreach (var from in (int[])[0, 65_535, 65_536, 65_537, 131_100, expected.Length - 1])
            Assert.That((await BytesAsync(log, from, cancellationToken)).AsSpan().SequenceEqual(expected.AsSpan(from)), $"from {from}");
    }

    [Test]
    public async Task A_reader_gets_what_comes_until_the_log_is_complete(CancellationToken cancellationToken)
    {
        using var log = new BuildLog(path, 1000, TimeProvider.System);
        var early = BytesAsync(log, 0, cancellationToken);
        log.Say("one");
        await using (var text = Open(log).ReadAsync(quiet, cancellationToken).GetAsyncEnumerator(cancellationToken))
            Assert.That(await text.MoveNextAsync(), Is.True);
        log.Say("two");
        log.Complete();
        Assert.That(Encoding.UTF8.GetString(await early), Is.EqualTo("one\ntwo\n"));
    }

    [Test]
    public async Task A_line_longer_than_any_buffer_is_told_whole(CancellationToken cancellationToken)
    {
        using var log = new BuildLog(path, long.MaxValue, TimeProvider.System);
        var line = new string('x', 200_000);
        log.Say(line);
        log.Complete();
        Assert.That(await BytesAsync(log, 0, cancellationToken), Has.Length.EqualTo(line.Length + 1));
    }

    [Test]
    public void There_is_no_place_behind_the_text()
    {
        using var log = new BuildLog(path, 1000, TimeProvider.System);
        log.Say("four");
        using var text = Open(log);
        Assert.That(text.TrySeek(5), Is.True);
        Assert.That(text.IsAtEnd, Is.False);
        Assert.That(text.TrySeek(6), Is.False);
        Assert.That(text.Position, Is.EqualTo(5));
        log.Complete();
        Assert.That(text.IsAtEnd, Is.True);
    }

    [Test]
    public async Task What_a_crash_cut_short_is_text_as_it_stands(CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(path, "1700000000000 s whole\n17000000", cancellationToken);
        using var text = new LogText(File.OpenHandle(path), growing: null, TimeProvider.System);
        Assert.That(Encoding.UTF8.GetString(await BytesAsync(text, cancellationToken)), Is.EqualTo("whole\n17000000"));
    }

    [Test]
    public async Task Who_waits_long_is_shown_that_it_is_alive(CancellationToken cancellationToken)
    {
        var time = new FakeTime();
        using var log = new BuildLog(path, 1000, time);
        using var text = new LogText(Handle(), log, time);
        await using var pieces = text.ReadAsync(quiet, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var first = pieces.MoveNextAsync();
        Assert.That(first.IsCompleted, Is.False);
        time.Advance(quiet);
        Assert.That(await first, Is.True);
        Assert.That(pieces.Current.IsEmpty, Is.True);
        log.Complete();
        Assert.That(await pieces.MoveNextAsync(), Is.False);
    }

    [Test]
    public async Task A_hidden_value_is_in_no_byte_of_it(CancellationToken cancellationToken)
    {
        using var log = new BuildLog(path, 1000, TimeProvider.System);
        log.Hide(["hunter2-hunter2"]);
        log.Append(new() { At = DateTimeOffset.UnixEpoch, Source = LogSource.Out, Text = "password: hunter2-hunter2" });
        log.Complete();
        Assert.That(Encoding.UTF8.GetString(await BytesAsync(log, 0, cancellationToken)), Is.EqualTo("password: ****\n"));
    }

    private Microsoft.Win32.SafeHandles.SafeFileHandle Handle() => File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);

    private LogText Open(BuildLog log) => new(Handle(), log, TimeProvider.System);

    private async Task<byte[]> BytesAsync(BuildLog log, long from, CancellationToken cancellationToken)
    {
        using var text = Open(log);
        Assert.That(text.TrySeek(from), Is.True);
        return await BytesAsync(text, cancellationToken);
    }

    private static async Task<byte[]> BytesAsync(LogText text, CancellationToken cancellationToken)
    {
        var bytes = new MemoryStream();
        await foreach (var piece in text.ReadAsync(quiet, cancellationToken))
            bytes.Write(piece.Span);
        Assert.That(text.IsAtEnd, Is.True);
        return bytes.ToArray();
    }
}
