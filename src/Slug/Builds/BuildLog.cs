using System.Runtime.CompilerServices;
using System.Text;
using Slug.Content.Wire;

namespace Slug.Builds;

/// <summary>A running build's log: one file that grows, and any number of readers, each from any line. Appended to from any thread.</summary>
internal sealed class BuildLog : IDisposable
{
    private const int LinesRepeated = 20;

    // How far apart the places are from which a reader of the text can go on without reading what is before.
    private const int MarkEvery = 64 * 1024;

    private readonly Lock gate = new();
    private readonly FileStream file;
    private readonly long limit;
    private readonly TimeProvider time;
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<LogMark> marks = [default];
    private int lines;
    private long stored;
    private long text;
    private long kept;
    private long dropped;
    private bool complete;
    private readonly Queue<string> last = new();
    private volatile ConfigMask mask = ConfigMask.Of([]);

    public BuildLog(string path, long limit, TimeProvider time)
    {
        Path = path;
        this.limit = limit;
        this.time = time;
        file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    public string Path { get; }

    /// <summary>Bytes of the file that are whole lines.</summary>
    public long Stored
    {
        get
        {
            lock (gate)
                return stored;
        }
    }

    /// <summary>Ends when something changes; null where nothing will. To miss nothing: take it, read, then wait for it.</summary>
    public Task? Growth
    {
        get
        {
            lock (gate)
                return complete ? null : changed.Task;
        }
    }

    /// <summary>From here on these values are masked in all that the build prints.</summary>
    public void Hide(IEnumerable<string> values) => mask = ConfigMask.Of(values);

    /// <summary>Words of the build that Slug repeats elsewhere, masked as the log's lines are.</summary>
    public string Masked(string text) => mask.Apply(text);

    /// <summary>The last lines that the build wrote in the phase it is in.</summary>
    public IReadOnlyList<string> LastLines
    {
        get
        {
            lock (gate)
                return [.. last];
        }
    }

    /// <summary>A phase begins.</summary>
    public void Begin()
    {
        lock (gate)
            last.Clear();
    }

    /// <summary>Writes a line of Slug's own: never dropped.</summary>
    public void Say(string text) => Write(new(time.GetUtcNow(), LogSource.Slug, TerminalText.Clean(text)));

    /// <summary>Writes a line of the build; past the limit it is counted instead.</summary>
    public void Append(LogEvent line)
    {
        var text = TerminalText.Clean(Masked(line.Text));
        lock (gate)
        {
            last.Enqueue(text);
            if (last.Count > LinesRepeated)
                last.Dequeue();
            if (kept + text.Length > limit)
            {
                dropped += text.Length;
                return;
            }

            kept += text.Length;
        }

        Write(new(line.At, line.Source, text));
    }

    /// <summary>Bytes of the build's output that were not kept.</summary>
    public long Dropped
    {
        get
        {
            lock (gate)
                return dropped;
        }
    }

    /// <summary>Nothing more will come: readers end.</summary>
    public void Complete()
    {
        lock (gate)
        {
            complete = true;
            Pulse();
        }
    }

    /// <summary>The lines from a number on, 0 the first; waits for more until the log is complete.</summary>
    public async IAsyncEnumerable<LogLine> ReadAsync(int from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), Encoding.UTF8);
        for (var number = 0; ; number++)
        {
            while (Waiting(number) is { } more)
            {
                if (more.IsCompleted)
                    yield break;
                await more.WaitAsync(cancellationToken);
            }

            var stored = await reader.ReadLineAsync(cancellationToken);
            if (number >= from)
                yield return LogLine.FromStored(stored!);
        }
    }

    /// <summary>A line's start, in the file and in the text, at or before a byte of the text.</summary>
    public LogMark MarkBefore(long position)
    {
        lock (gate)
            return marks[marks.FindLastIndex(mark => mark.Text <= position)];
    }

    public void Dispose()
    {
        Complete();
        file.Dispose();
    }

    // Null: the line is there. A finished task: it never will be. Else: something changes when the task ends.
    private Task? Waiting(int number)
    {
        lock (gate)
            return number < lines ? null : complete ? Task.CompletedTask : changed.Task;
    }

    private void Write(LogLine line)
    {
        var bytes = Encoding.UTF8.GetBytes(line.ToStored() + "\n");
        lock (gate)
        {
            if (complete)
                return;
            file.Write(bytes);
            lines++;
            stored += bytes.Length;
            text += StoredText.Strip(bytes);
            if (text - marks[^1].Text >= MarkEvery)
                marks.Add(new(stored, text));
            Pulse();
        }
    }

    private void Pulse()
    {
        changed.SetResult();
        changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>One and the same place, in a log's file and in its text.</summary>
internal readonly record struct LogMark(long Stored, long Text);
