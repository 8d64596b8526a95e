using Slug.Tests.Tokens;
using Slug.Tokens;

namespace Slug.Tests.Api;

[CancelAfter(60_000)]
internal sealed class When_only_the_head_is_asked_for
{
    private RunningService service = null!;
    private string token = "";

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        service = await RunningService.StartAsync(CancellationToken.None);
        token = await service.TokenAsync(new("reader", null, new HashSet<Scope> { Scope.Read }), CancellationToken.None);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [TestCase("/healthz")]
    [TestCase("/apps")]
    [TestCase("/apps/none")]
    [TestCase("/slug/apps")]
    [TestCase("/slug/none")]
    [TestCase("/slug/events?follow=true")]
    [TestCase("/slug/openapi.json")]
    [TestCase("/")]
    [TestCase("/ui/system")]
    public async Task Should_answer_as_the_whole_is_answered(string path, CancellationToken cancellationToken)
    {
        foreach (var secret in (string?[])[token, null])
        {
            using var whole = await service.SendAsync("GET", path, secret, cancellationToken);
            using var head = await service.SendAsync("HEAD", path, secret, cancellationToken);
            Assert.That(head.StatusCode, Is.EqualTo(whole.StatusCode));
            Assert.That(head.Content.Headers.ContentType, Is.EqualTo(whole.Content.Headers.ContentType));
            Assert.That(head.Headers.ETag, Is.EqualTo(whole.Headers.ETag));
            Assert.That(await head.Content.ReadAsByteArrayAsync(cancellationToken), Is.Empty);
        }
    }
}
