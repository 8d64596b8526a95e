using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Slug.Builds;
using Slug.Pushes;

namespace Slug.Hosting;

/// <summary>Carries pushes to releases in the background, so that none ends with the connection it came by.</summary>
internal sealed class Deploys(DeployFlow flow, BuildLogs logs) : BackgroundService
{
    private readonly Channel<Deploy> queue = Channel.CreateBounded<Deploy>(1024);

    /// <summary>Starts a push on its way and tells what happens, line by line, until it is decided.</summary>
    public async IAsyncEnumerable<PushReply> AnswerAsync(Push push, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var deploy = new Deploy(push, logs.Start(push.Id));
        var lines = deploy.Log.ReadAsync(0, cancellationToken);
        await queue.Writer.WriteAsync(deploy, cancellationToken);
        await foreach (var line in lines)
            yield return new PushReply.Line(line.Text);
        yield return await deploy.Accepted ? new PushReply.Accepted() : new PushReply.Rejected();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var underWay = new HashSet<Task>();
        try
        {
            await foreach (var deploy in queue.Reader.ReadAllAsync(stoppingToken))
            {
                underWay.RemoveWhere(task => task.IsCompleted);
                underWay.Add(flow.CarryAsync(deploy, stoppingToken));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(underWay);
        }
    }
}
