using Microsoft.Extensions.Options;
using Microsoft.Data.Sqlite;
using Slug.Builds;
using Slug.Content;
using Slug.Engines;
using Slug.Stacks;

namespace Slug.Hosting;

/// <summary>Whether a push that came now would be built, and what stands in its way. Who asks often is told what was found within the last second.</summary>
internal sealed class Readiness(
    DockerEngine engine, StackCatalog stacks, Database database, DataDirectory data, Intake intake, IOptions<BuildOptions> options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan fresh = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim turn = new(1, 1);
    private IReadOnlyList<Check> found = [];
    private long foundAt;

    public async Task<IReadOnlyList<Check>> LookAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (found.Count > 0 && time.GetElapsedTime(foundAt) < fresh)
                return [.. found, .. Own()];
            var answering = await EngineAsync(cancellationToken);
            found = [answering, await StackAsync(answering, cancellationToken), await DatabaseAsync(cancellationToken), Disk()];
            foundAt = time.GetTimestamp();
            return [.. found, .. Own()];
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task<Check> EngineAsync(CancellationToken cancellationToken)
    {
        var version = await AskAsync(async token => (await engine.VersionAsync(token)).Version, cancellationToken);
        return new("engine", version is null ? "SLUG6351: the Docker engine does not answer; no build can run: start it with: slug up" : null, version);
    }

    private async Task<Check> StackAsync(Check answering, CancellationToken cancellationToken)
    {
        // Not asked twice: each try of an engine that is away takes a second and more.
        if (answering.Reason is not null)
            return new("stack", $"SLUG6352: whether the stack '{options.Value.Stack}' is there is not known while the engine does not answer", null);
        var stack = await AskAsync(token => stacks.FindBuiltAsync(options.Value.Stack, token), cancellationToken);
        return new("stack", stack is null ? $"SLUG6352: the stack '{options.Value.Stack}' is not in the engine; build it with: slug stacks build" : null, stack?.BuildImage.ToString());
    }

    // Slow is as good as silent: who asks has a deadline of its own.
    private static async Task<T?> AskAsync<T>(Func<CancellationToken, Task<T?>> ask, CancellationToken cancellationToken) where T : class
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(patience);
        try
        {
            return await ask(deadline.Token);
        }
        catch (Exception exception) when (exception is EngineException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    private async Task<Check> DatabaseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await database.TouchAsync(cancellationToken);
            return new("database", null, null);
        }
        catch (SqliteException exception)
        {
            return new("database", "SLUG6353: the database takes no writes; look at the disk of the data directory and at the operator's log", exception.Message);
        }
    }

    private Check Disk()
    {
        var (free, needed) = (new DriveInfo(data.Root).AvailableFreeSpace, options.Value.SlugLimit);
        return new(
            "disk",
            free < needed ? $"SLUG6354: {ByteSize.InWords(free)} of disk are free, a droplet may need {ByteSize.InWords(needed)}; make room: slug gc, or a larger disk" : null,
            $"{ByteSize.InWords(free)} free");
    }

    private IEnumerable<Check> Own()
    {
        var state = intake.State;
        yield return new("intake", state.Open ? null : "SLUG6355: pushes are held back while the program is replaced; they go on when that is done", $"{state.UnderWay} under way, {state.Waiting} waiting");
        yield return new("service", intake.IsStopping ? "SLUG6356: the service is stopping; it takes nothing more" : null, null);
    }
}

/// <summary>One thing that a push needs.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Reason">Why it is not there, with its code; null where it is.</param>
/// <param name="Detail">More of it, for who may know it.</param>
internal sealed record Check(string Name, string? Reason, string? Detail);
