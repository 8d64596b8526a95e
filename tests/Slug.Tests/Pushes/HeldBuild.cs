using System.Runtime.CompilerServices;
using Slug.Pushes;

namespace Slug.Tests.Pushes;

/// <summary>A build that goes on until the test lets it end.</summary>
internal sealed class HeldBuild
{
    private readonly TaskCompletionSource<Push> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<Push> Started => started.Task.WaitAsync(TestContext.CurrentContext.CancellationToken);

    public Task Cancelled => cancelled.Task.WaitAsync(TestContext.CurrentContext.CancellationToken);

    public void Release() => released.TrySetResult();

    public async IAsyncEnumerable<PushReply> AnswerAsync(Push push, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new PushReply.Line("-----> Building");
        started.TrySetResult(push);
        try
        {
            await released.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            cancelled.TrySetResult();
            throw;
        }
        yield return new PushReply.Line("-----> Built");
        yield return new PushReply.Accepted();
    }
}
