using Microsoft.AspNetCore.Http;
using Slug.Engines;
using Slug.Engines.Wire;

namespace Slug.Tests.Engines;

internal sealed class When_the_engine_is_away
{
    [Test, CancelAfter(60_000)]
    public void Should_say_where_it_was_looked_for_and_how_to_start_it(CancellationToken token)
    {
        using var client = Client("/nonexistent/docker.sock");

        Assert.That(async () => await client.PingAsync(token), Throws.InstanceOf<EngineException>()
            .With.Message.StartsWith("SLUG7001: the Docker engine does not answer at 'unix:///nonexistent/docker.sock'")
            .And.Message.Contains("start it with"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_work_again_once_it_is_back(CancellationToken token)
    {
        var socket = FakeEngine.NewSocket();
        using var client = Client(socket);
        Assert.That(async () => await client.PingAsync(token), Throws.InstanceOf<EngineException>());

        await using var fake = await FakeEngine.StartAsync(_ => Task.CompletedTask, token, socket);

        Assert.That(async () => await client.PingAsync(token), Throws.Nothing);
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_not_make_a_container_twice_when_the_connection_breaks(CancellationToken token)
    {
        await using var fake = await FakeEngine.StartAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        }, token);
        using var client = fake.Client();

        Assert.That(async () => await client.Containers.CreateAsync("name", Spec, token), Throws.InstanceOf<EngineException>().With.Message.StartsWith("SLUG7006"));
        Assert.That(fake.Asked, Has.Count.EqualTo(1));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_ask_again_when_a_question_got_no_answer(CancellationToken token)
    {
        var times = 0;
        await using var fake = await FakeEngine.StartAsync(async context =>
        {
            if (++times == 1)
                context.Abort();
            else
                await context.Response.WriteAsync("[]", context.RequestAborted);
        }, token);
        using var client = fake.Client();

        Assert.That(await client.Networks.ListAsync([], token), Is.Empty);
        Assert.That(times, Is.EqualTo(2));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_take_a_cancelled_call_for_what_it_is(CancellationToken token)
    {
        await using var fake = await FakeEngine.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted), token);
        using var client = fake.Client();
        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(token);
        impatient.CancelAfter(100);

        Assert.That(async () => await client.VersionAsync(impatient.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    private static ContainerSpec Spec => new() { Image = "i", HostConfig = new() { NetworkMode = "none" } };

    private static DockerEngine Client(string socket) =>
        new(new() { Socket = socket, RetryDelay = TimeSpan.FromMilliseconds(10) }, TimeProvider.System);
}
