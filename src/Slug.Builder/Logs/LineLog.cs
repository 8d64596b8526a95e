using Slug.Content.Wire;

namespace Slug.Builder.Logs;

/// <summary>A program's two streams as lines of the build log.</summary>
internal sealed class LineLog(Func<LogSource, string, CancellationToken, Task> write)
{
    private readonly LineSplitter output = new();
    private readonly LineSplitter error = new();

    public async Task AddAsync(LogSource source, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        foreach (var line in Of(source).Add(bytes.Span))
            await write(source, line, cancellationToken);
    }

    /// <summary>Writes last lines that have no line break.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        foreach (var source in (LogSource[])[LogSource.Out, LogSource.Err])
        {
            foreach (var line in Of(source).Rest())
                await write(source, line, cancellationToken);
        }
    }

    private LineSplitter Of(LogSource source) => source == LogSource.Err ? error : output;
}
