using System.Buffers;
using System.Text;
using Slug.Builder.Logs;
using Slug.Content.Wire;

namespace Slug.Builder.Commands;

/// <summary>Keeps a program's standard output, up to a limit, and the last lines of both its streams.</summary>
internal sealed class Capture
{
    private const int Limit = 1 << 20;
    private const int Last = 10;

    private readonly Queue<string> lines = new();
    private readonly ArrayBufferWriter<byte> output = new();
    private readonly LineLog log;

    public Capture() => log = new(KeepAsync);

    /// <summary>Standard output. What is past the limit is dropped.</summary>
    public string Output => Encoding.UTF8.GetString(output.WrittenSpan);

    public IReadOnlyList<string> LastLines => [.. lines];

    public Task AddAsync(LogSource source, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        lock (lines)
        {
            if (source == LogSource.Out)
                output.Write(bytes.Span[..Math.Min(bytes.Length, Limit - output.WrittenCount)]);
            return log.AddAsync(source, bytes, cancellationToken);
        }
    }

    public Task CompleteAsync(CancellationToken cancellationToken) => log.CompleteAsync(cancellationToken);

    private Task KeepAsync(LogSource source, string line, CancellationToken cancellationToken)
    {
        lines.Enqueue(line);
        while (lines.Count > Last)
            lines.Dequeue();
        return Task.CompletedTask;
    }
}
