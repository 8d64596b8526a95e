using System.Net;
using Slug.Remotes;

namespace Slug.Tests.Remotes;

[CancelAfter(60_000)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RemoteAttemptsTests
{
    private readonly List<string> said = [];
    private int count;

    [Test]
    public async Task What_may_pass_is_tried_again_and_told()
    {
        var value = await RunAsync(_ => ++count < 3 ? throw RemoteException.Refused("https://x", HttpStatusCode.BadGateway) : Task.FromResult("there"));

        Assert.That(value, Is.EqualTo("there"));
        Assert.That(said.Count(line => line.Contains("SLUG2215", StringComparison.Ordinal)), Is.EqualTo(2));
    }

    [Test]
    public void After_the_last_attempt_its_failure_stands()
    {
        Assert.That(() => RunAsync(_ => throw RemoteException.Refused("https://x", HttpStatusCode.BadGateway)), Throws.InstanceOf<RemoteException>().With.Message.Contains("502"));
        Assert.That(said.Count(line => line.Contains("Trying again", StringComparison.Ordinal)), Is.EqualTo(2));
    }

    [TestCase(HttpStatusCode.NotFound)]
    [TestCase(HttpStatusCode.Unauthorized)]
    public void What_stays_as_it_is_is_tried_once(HttpStatusCode status)
    {
        Assert.That(() => RunAsync(_ => throw RemoteException.Refused("https://x", status)), Throws.InstanceOf<RemoteException>());
        Assert.That(said, Is.Empty);
    }

    [Test]
    public void An_attempt_that_never_ends_is_too_slow() =>
        Assert.That(
            () => RunAsync(
                async stop =>
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, stop);
                    return "";
                },
                new() { Timeout = TimeSpan.FromMilliseconds(20), RetryDelay = TimeSpan.Zero }),
            Throws.InstanceOf<RemoteException>().With.Message.Contains("SLUG2218"));

    private Task<string> RunAsync(Func<CancellationToken, Task<string>> attempt, RemoteOptions? options = null) =>
        new RemoteAttempts(options ?? new() { RetryDelay = TimeSpan.Zero }, TimeProvider.System)
            .RunAsync("https://x", attempt, said.Add, TestContext.CurrentContext.CancellationToken);
}
