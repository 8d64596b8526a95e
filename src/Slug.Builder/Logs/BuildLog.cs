using System.Threading.Channels;
using Slug.Content.Wire;

namespace Slug.Builder.Logs;

/// <summary>Everything a build says, in order. A writer waits when the service reads slowly, and never waits for one that is gone.</summary>
internal sealed class BuildLog(TimeProvider time)
{
    private readonly Channel<BuildEvent> events =
        Channel.CreateBounded<BuildEvent>(new BoundedChannelOptions(1024) { SingleReader = true });

    public ChannelReader<BuildEvent> Events => events.Reader;

    public Task StepAsync(string text, CancellationToken cancellationToken) =>
        WriteAsync(LogSource.Slug, "-----> " + text, cancellationToken);

    public Task DetailAsync(string text, CancellationToken cancellationToken) =>
        WriteAsync(LogSource.Slug, "       " + text, cancellationToken);

    public Task WarnAsync(string text, CancellationToken cancellationToken) =>
        WriteAsync(LogSource.Slug, " !     " + text, cancellationToken);

    public Task WriteAsync(LogSource source, string text, CancellationToken cancellationToken) =>
        AddAsync(new LogEvent { At = time.GetUtcNow(), Source = source, Text = text }, cancellationToken);

    public Task BeginAsync(BuildPhase phase, CancellationToken cancellationToken) =>
        AddAsync(new PhaseEvent { At = time.GetUtcNow(), Phase = phase }, cancellationToken);

    public Task EndAsync(BuildPhase phase, int exitCode, CancellationToken cancellationToken) =>
        AddAsync(new PhaseEvent { At = time.GetUtcNow(), Phase = phase, ExitCode = exitCode }, cancellationToken);

    /// <summary>Nothing more is written; what is still waiting may be read.</summary>
    public void Complete() => events.Writer.TryComplete();

    private async Task AddAsync(BuildEvent happened, CancellationToken cancellationToken)
    {
        while (!events.Writer.TryWrite(happened))
        {
            if (!await events.Writer.WaitToWriteAsync(cancellationToken))
                return;
        }
    }
}
