using Slug.Builds;
using Slug.Content.Wire;

namespace Slug.Tests.Builds;

public class BuildLogTests
{
    private string path = null!;

    [SetUp]
    public void ChooseFile() => path = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid():N}.log");

    [TearDown]
    public void RemoveFile() => File.Delete(path);

    [Test, CancelAfter(60_000)]
    public async Task Every_reader_gets_every_line_however_late_it_comes(CancellationToken cancellationToken)
    {
        using var log = new BuildLog(path, 1000, TimeProvider.System);
        var early = TextsAsync(log, 0, cancellationToken);
        for (var i = 0; i < 100; i++)
            log.Say($"line {i}");
        var late = TextsAsync(log, 0, cancellationToken);
        log.Complete();

        var expected = Enumerable.Range(0, 100).Select(i => $"line {i}");
        Assert.That(await early, Is.EqualTo(expected));
        Assert.That(await late, Is.EqualTo(expected));
    }

    [Test, CancelAfter(60_000)]
    public async Task A_reader_may_start_at_any_line(CancellationToken cancellationToken)
    {
        using var log = new BuildLog(path, 1000, TimeProvider.System);
        log.Say("zero");
        log.Say("one");
        log.Complete();
        Assert.That(await TextsAsync(log, 1, cancellationToken), Is.EqualTo(new[] { "one" }));
    }

    [Test, CancelAfter(60_000)]
    public async Task Output_past_the_limit_is_counted_and_not_kept(CancellationToken cancellationToken)
    {
        using var log = new BuildLog(path, limit: 10, TimeProvider.System);
        log.Append(Output("123456"));
        log.Append(Output("789012"));
        log.Say("still told");
        log.Complete();
        Assert.That(await TextsAsync(log, 0, cancellationToken), Is.EqualTo(new[] { "123456", "still told" }));
        Assert.That(log.Dropped, Is.EqualTo(6));
    }

    [Test, CancelAfter(60_000)]
    public async Task A_hidden_value_is_neither_told_nor_kept(CancellationToken cancellationToken)
    {
        using var log = new BuildLog(path, 1000, TimeProvider.System);
        log.Hide(["hunter2-hunter2"]);
        log.Append(Output("password: hunter2-hunter2"));
        log.Complete();
        Assert.That(await TextsAsync(log, 0, cancellationToken), Is.EqualTo(new[] { "password: ****" }));
        Assert.That(await File.ReadAllTextAsync(path, cancellationToken), Does.Not.Contain("hunter2"));
    }

    [Test, CancelAfter(60_000)]
    public async Task A_reader_that_waits_can_be_called_off(CancellationToken cancellationToken)
    {
        using var log = new BuildLog(path, 1000, TimeProvider.System);
        using var off = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = TextsAsync(log, 0, off.Token);
        await off.CancelAsync();
        Assert.That(async () => await reading, Throws.InstanceOf<OperationCanceledException>());
    }

    private static LogEvent Output(string text) => new() { At = DateTimeOffset.UnixEpoch, Source = LogSource.Out, Text = text };

    private static async Task<List<string>> TextsAsync(BuildLog log, int from, CancellationToken cancellationToken)
    {
        var texts = new List<string>();
        await foreach (var line in log.ReadAsync(from, cancellationToken))
            texts.Add(line.Text);
        return texts;
    }
}
