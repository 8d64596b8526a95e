using System.Runtime.CompilerServices;
using System.Text;
using Slug.Content.Wire;

namespace Slug.Builds;

/// <summary>A running build's log: one file that grows, and any number of readers, each from any line. Appended to from any thread.</summary>
internal sealed class BuildLog : IDisposable
{
    private const int LinesRepeated = 20;

    private readonly Lock gate = new();
    private readonly FileStream file;
    private readonly long limit;
    private readonly TimeProvider time;
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int lines;
    private long kept;
    private long dropped;
    private bool complete;
    private readonly Queue<string> last = new();

    public BuildLog(string path, long limit, TimeProvider time)
    {
        Path = path;
        this.limit = limit;
        this.time = time;
        file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    public string Path { get; }

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
        var text = TerminalText.Clean(line.Text);
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
            Pulse();
        }
    }

    private void Pulse()
    {
        changed.SetResult();
        changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
