using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Slug.Content;
using Slug.Engines;
using Slug.Tokens;
using Slug.Stacks;

namespace Slug.Builds;

/// <summary>
/// Containers that have started and wait for a build, so that no pusher waits for the engine. Each serves one build;
/// when it is done the container is removed, after the pusher has the answer.
/// </summary>
internal sealed class BuilderContainers(
    DockerEngine engine,
    StackCatalog stacks,
    StackChanges changes,
    BuildGround ground,
    BuilderContainerSpec specs,
    FailureCapsules capsules,
    IOptions<BuildOptions> options,
    TimeProvider time,
    ILogger<BuilderContainers> log) : BackgroundService
{
    private static readonly TimeSpan grace = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan pauseAfterFailure = TimeSpan.FromSeconds(5);

    // To start a container takes a core for half a second: a short build has it to itself, a long one hides it.
    private static readonly TimeSpan headStart = TimeSpan.FromSeconds(2);

    // A builder whose result is in may still hand in the cache.
    private static readonly TimeSpan timeForCache = TimeSpan.FromMinutes(2);

    private readonly ConcurrentQueue<BuilderContainer> idle = new();
    private readonly ConcurrentDictionary<string, BuilderContainer> byToken = new();
    private readonly Channel<Task> taken = Channel.CreateBounded<Task>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ConcurrentDictionary<string, Task> retiring = new();

    /// <summary>A container that waits for work; a new one when none does.</summary>
    /// <exception cref="EngineException">The engine does not start one.</exception>
    public async Task<BuilderContainer> TakeAsync(Stack stack, CancellationToken cancellationToken)
    {
        var image = stack.BuildImage;
        while (idle.TryDequeue(out var waiting))
        {
            taken.Writer.TryWrite(waiting.Exited);
            if (!waiting.Exited.IsCompleted && waiting.Image == image)
                return waiting;
            Retire(waiting, politely: false);
        }

        return await StartAsync(image, cancellationToken);
    }

    /// <summary>The container that this token was made for.</summary>
    public BuilderContainer? Find(string tokenHash) => byToken.GetValueOrDefault(tokenHash);

    /// <summary>Removes a container in the background: a polite one may finish what it does first.</summary>
    public void Retire(BuilderContainer container, bool politely)
    {
        // Once: who ends a build and who stops the service may both ask.
        if (container.TryRetire())
            retiring[container.Id] = RemoveAsync(container, politely);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await FillAsync(stoppingToken);
        await foreach (var ended in taken.Reader.ReadAllAsync(stoppingToken))
        {
            await Task.WhenAny(ended, Task.Delay(headStart, time, stoppingToken));
            await FillAsync(stoppingToken);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var container in byToken.Values)
            Retire(container, politely: false);
        await Task.WhenAll(retiring.Values);
    }

    private async Task FillAsync(CancellationToken stoppingToken)
    {
        while (idle.Count < options.Value.Warm && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                var found = await stacks.FindBuiltAsync(options.Value.Stack, stoppingToken);
                await changes.NoteAsync(options.Value.Stack, found, stoppingToken);
                if (found is not { } stack)
                    return;
                idle.Enqueue(await StartAsync(stack.BuildImage, stoppingToken));
            }
            catch (EngineException exception)
            {
                log.NoWarmContainer(exception);
                await Task.Delay(pauseAfterFailure, time, stoppingToken);
            }
        }
    }

    private async Task<BuilderContainer> StartAsync(Digest image, CancellationToken cancellationToken)
    {
        await ground.PrepareAsync(cancellationToken);
        var token = Token.Create();
        var id = await engine.Containers.CreateAsync(specs.NameFor(token), specs.For(image, token), cancellationToken);
        var container = new BuilderContainer(id, image, token);
        // Known before it starts: on a busy machine it asks for work before the engine has said that it runs.
        byToken[container.TokenHash] = container;
        try
        {
            await engine.Containers.StartAsync(id, cancellationToken);
        }
        catch
        {
            byToken.TryRemove(container.TokenHash, out _);
            await engine.Containers.RemoveAsync(id, CancellationToken.None);
            throw;
        }

        container.Start(engine.Containers.WaitAsync(id, CancellationToken.None));
        return container;
    }

    private async Task RemoveAsync(BuilderContainer container, bool politely)
    {
        try
        {
            if (politely)
                await Task.WhenAny(container.Exited, Task.Delay(timeForCache, time, CancellationToken.None));
            else if (container.Run is not null)
                await engine.Containers.StopAsync(container.Id, grace, CancellationToken.None);
            container.CacheArrival?.Dispose();
            await KeepRemainsAsync(container);
            await engine.Containers.RemoveAsync(container.Id, CancellationToken.None);
        }
        catch (EngineException exception)
        {
            // The sweep at the next start finds it by its label.
            log.ContainerNotRemoved(container.Id, exception);
        }
        finally
        {
            if (container.Remains is { } remains)
                capsules.Settle(remains);
            byToken.TryRemove(container.TokenHash, out _);
            retiring.TryRemove(container.Id, out _);
        }
    }

    private async Task KeepRemainsAsync(BuilderContainer container)
    {
        if (container.Remains is not { } remains)
            return;
        try
        {
            await capsules.KeepAsync(container.Id, remains, CancellationToken.None);
        }
        catch (EngineException exception)
        {
            log.CapsuleNotKept(remains.Build, exception);
        }
    }
}
