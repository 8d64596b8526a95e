using Slug.Builder.Protocol;
using Slug.Builder.Tests.Support;

namespace Slug.Builder.Tests.Builds;

[CancelAfter(60_000)]
internal sealed class When_the_service_is_odd
{
    private readonly BuildScene scene = new();

    [TearDown]
    public async Task Leave() => await scene.DisposeAsync();

    [Test]
    public async Task Should_ask_again_while_there_is_no_work()
    {
        scene.Service.EmptyAnswers = 2;
        scene.Buildpack("a");

        Assert.That(await scene.RunAsync(), Is.Zero);
        Assert.That(scene.Service.Calls.Take(3), Is.EqualTo((string[])["POST next 204", "POST next 204", "POST next 200"]));
    }

    [Test]
    public void Should_give_up_at_once_when_refused()
    {
        scene.Service.Refusal = 401;

        Assert.That(() => scene.RunAsync(), Throws.InstanceOf<HttpRequestException>());
        Assert.That(scene.Service.Calls, Has.Exactly(1).Items);
    }

    [Test]
    public void Should_try_a_few_times_when_the_service_fails()
    {
        scene.Service.Refusal = 503;

        Assert.That(() => scene.RunAsync(), Throws.InstanceOf<HttpRequestException>());
        Assert.That(scene.Service.Calls, Has.Exactly(5).Items);
    }

    [Test]
    public void Should_give_up_when_there_is_no_service()
    {
        using var http = ServiceConnection.Open("/nonexistent/socket", "token");

        Assert.That(() => new JobPoll(http, TimeProvider.System).NextAsync(default), Throws.InstanceOf<HttpRequestException>());
    }

    [Test]
    public async Task Should_not_send_a_layer_that_is_known()
    {
        scene.Service.KnowsEveryBlob = true;
        scene.Buildpack("a");

        Assert.That(await scene.RunAsync(), Is.Zero);
        Assert.That(scene.Service.Calls, Has.None.Contains("PUT blobs"));
        Assert.That(scene.Lines, Has.Some.StartsWith("       Packing: 1 of 1 layers unchanged, nothing new; "));
    }

    [Test]
    public void Should_end_a_build_whose_events_nobody_takes()
    {
        scene.Service.RefusesEvents = true;
        scene.Buildpack("endless", compile: "while true; do echo y; done");

        Assert.That(() => scene.RunAsync(), Throws.InstanceOf<OperationCanceledException>().Or.InstanceOf<HttpRequestException>());
        Assert.That(scene.Result, Is.Null);
    }

    [Test]
    public async Task Should_keep_every_line_of_a_flood_in_order()
    {
        scene.Buildpack("flood", compile: "seq 200000");

        await scene.RunAsync();

        Assert.That(scene.Service.Log.Where(line => line.Source == Content.Wire.LogSource.Out).Select(line => line.Text),
            Is.EqualTo(Enumerable.Range(1, 200_000).Select(number => $"{number}")));
    }
}
