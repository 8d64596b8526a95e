using System.Net;
using Microsoft.AspNetCore.Http;
using Slug.Engines;

namespace Slug.Tests.Engines;

internal sealed class When_the_engine_answers
{
    [TestCase("1.41", "/v1.41/version")]
    [TestCase("1.52", "/v1.51/version")]
    [CancelAfter(60_000)]
    public async Task Should_speak_the_newest_version_that_both_know(string engine, string asked, CancellationToken token)
    {
        await using var fake = await FakeEngine.StartAsync(Json("""{"Version":"20.10.24","ApiVersion":"1.41"}"""), token);
        fake.ApiVersion = engine;
        using var client = fake.Client();

        Assert.That((await client.VersionAsync(token)).Version, Is.EqualTo("20.10.24"));
        Assert.That(fake.Asked, Is.EqualTo([asked]));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_refuse_an_engine_that_is_too_old(CancellationToken token)
    {
        await using var fake = await FakeEngine.StartAsync(Json("{}"), token);
        fake.ApiVersion = "1.24";
        using var client = fake.Client();

        Assert.That(async () => await client.PingAsync(token), Throws.InstanceOf<EngineException>().With.Message.StartsWith("SLUG7003"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_quote_the_reason_of_a_refusal(CancellationToken token)
    {
        await using var fake = await FakeEngine.StartAsync(Json("""{"message":"no space left on device"}""", 500), token);
        using var client = fake.Client();

        Assert.That(async () => await client.Containers.StartAsync("abc", token), Throws.InstanceOf<EngineException>()
            .With.Message.StartsWith("SLUG7004: the Docker engine answered 'POST /containers/abc/start' with 500: 'no space left on device'")
            .And.Property(nameof(EngineException.Status)).EqualTo(HttpStatusCode.InternalServerError)
            .And.Property(nameof(EngineException.IsUnavailable)).True);
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_give_null_for_what_it_does_not_know_and_false_for_what_is_gone(CancellationToken token)
    {
        await using var fake = await FakeEngine.StartAsync(Json("""{"message":"no such thing"}""", 404), token);
        using var client = fake.Client();

        Assert.That(await client.Images.FindAsync("nothing", token), Is.Null);
        Assert.That(await client.Containers.RemoveAsync("nothing", token), Is.False);
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_say_so_when_the_answer_is_no_JSON(CancellationToken token)
    {
        await using var fake = await FakeEngine.StartAsync(Json("<html>"), token);
        using var client = fake.Client();

        Assert.That(async () => await client.VersionAsync(token), Throws.InstanceOf<EngineException>().With.Message.StartsWith("SLUG7007"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_give_up_on_a_call_that_takes_too_long(CancellationToken token)
    {
        await using var fake = await FakeEngine.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted), token);
        using var client = fake.Client(options => options.CallTimeout = TimeSpan.FromMilliseconds(300));

        Assert.That(async () => await client.VersionAsync(token), Throws.InstanceOf<EngineException>()
            .With.Message.StartsWith("SLUG7002").And.Message.Contains("'GET /version' within 0.3 s"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_ask_for_labels_in_the_engines_own_form(CancellationToken token)
    {
        await using var fake = await FakeEngine.StartAsync(Json("[]"), token);
        using var client = fake.Client();

        await client.Containers.ListAsync(["slug=0123abcd"], token);

        Assert.That(Uri.UnescapeDataString(fake.Asked.Single()), Is.EqualTo("""/v1.41/containers/json?all=true&filters={"label":["slug=0123abcd"]}"""));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_read_containers_whose_labels_are_missing(CancellationToken token)
    {
        await using var fake = await FakeEngine.StartAsync(Json("""[{"Id":"abc"}]"""), token);
        using var client = fake.Client();

        Assert.That((await client.Containers.ListAsync([], token)).Single().Labels, Is.Null.Or.Empty);
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_tell_why_an_archive_was_not_loaded(CancellationToken token)
    {
        await using var fake = await FakeEngine.StartAsync(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            await context.Response.WriteAsync("""{"stream":"Loading"}""" + "\n" + """{"error":"unexpected EOF"}""" + "\n", context.RequestAborted);
        }, token);
        using var client = fake.Client();

        Assert.That(await client.Images.LoadAsync((stream, cancel) => stream.WriteAsync(new byte[10], cancel).AsTask(), token), Is.EqualTo("unexpected EOF"));
    }

    private static RequestDelegate Json(string body, int status = 200) => context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body, context.RequestAborted);
    };
}
