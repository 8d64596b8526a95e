using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Slug.Builds;
using Slug.Pushes;

namespace Slug.Hosting;

/// <summary>Carries pushes to releases in the background, so that none ends with the connection it came by.</summary>
internal sealed class Deploys(DeployFlow flow, BuildLogs logs, Claims claims) : BackgroundService
{
    private readonly Channel<Deploy> queue = Channel.CreateBounded<Deploy>(1024);
    private readonly ConcurrentDictionary<Guid, Deploy> carried = new();

    /// <summary>Starts a push on its way and tells what happens, line by line, until it is decided.</summary>
    public async IAsyncEnumerable<PushReply> AnswerAsync(Push push, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var deploy = new Deploy(push, logs.Start(push.Id));
        await queue.Writer.WriteAsync(deploy, cancellationToken);
        await foreach (var reply in FollowAsync(deploy, cancellationToken))
            yield return reply;
    }

    /// <summary>All that the same push, which is under way, is told; null where there is none.</summary>
    public IAsyncEnumerable<PushReply>? Join(Push push, CancellationToken cancellationToken) =>
        carried.Values.FirstOrDefault(deploy => deploy.Push.IsSameAs(push)) is { } same ? FollowAsync(same, cancellationToken) : null;

    /// <summary>Something of the app's is built, tested or made again.</summary>
    public bool Carries(Guid app) => carried.Values.Any(deploy => deploy.Push.App.Id == app);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => queue.Reader.CarryAllAsync(CarryAsync, stoppingToken);

    private async Task CarryAsync(Deploy deploy, CancellationToken stoppingToken)
    {
        using var claimed = claims.Open(deploy.Push.Id);
        carried[deploy.Push.Id] = deploy;
        await flow.CarryAsync(deploy, stoppingToken);
        carried.TryRemove(deploy.Push.Id, out _);
    }

    private static async IAsyncEnumerable<PushReply> FollowAsync(Deploy deploy, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var line in deploy.Log.ReadAsync(0, cancellationToken))
            yield return new PushReply.Line(line.Text);
        yield return await deploy.Accepted ? new PushReply.Accepted() : new PushReply.Rejected();
    }
}
