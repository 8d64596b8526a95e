using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Slug.Apps;
using Slug.Builds;
using Slug.Hosting;
using Slug.Platform.Streams;
using Slug.Tests.Tokens;
using Slug.Tokens;

namespace Slug.Tests.Platform;

[CancelAfter(60_000)]
internal sealed class When_a_log_is_followed
{
    private const string Text = "-----> Building\nhello\n";

    private RunningService service = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => service = await RunningService.StartAsync(CancellationToken.None);

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task Should_be_the_text_from_the_byte_that_is_asked_for(CancellationToken cancellationToken)
    {
        var build = Finished();
        using var whole = await GetAsync(UrlOf(build), cancellationToken);
        Assert.That(whole.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(whole.Content.Headers.ContentType!.ToString(), Is.EqualTo("text/plain; charset=utf-8"));
        Assert.That(await whole.Content.ReadAsStringAsync(cancellationToken), Is.EqualTo(Text));

        using var rest = await GetAsync(UrlOf(build), cancellationToken, ("Range", "bytes=7-"));
        Assert.That(rest.StatusCode, Is.EqualTo(HttpStatusCode.PartialContent));
        Assert.That(rest.Content.Headers.GetValues("Content-Range").Single(), Is.EqualTo("bytes 7-9007199254740991/*"));
        Assert.That(await rest.Content.ReadAsStringAsync(cancellationToken), Is.EqualTo(Text[7..]));
    }

    [Test]
    public async Task Should_be_events_whose_ids_lead_on_where_events_are_asked_for(CancellationToken cancellationToken)
    {
        var build = Finished();
        using var whole = await GetAsync(UrlOf(build), cancellationToken, ("Accept", "text/event-stream"));
        Assert.That(whole.Content.Headers.ContentType!.ToString(), Is.EqualTo("text/event-stream"));
        Assert.That(
            await whole.Content.ReadAsStringAsync(cancellationToken),
            Is.EqualTo("id: 22\ndata: -----> Building\ndata: hello\ndata: \n\nid: 22\nevent: end\ndata: failed\n\n"));

        using var rest = await GetAsync(UrlOf(build), cancellationToken, ("Accept", "text/event-stream"), ("Last-Event-ID", "7"));
        Assert.That(rest.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await rest.Content.ReadAsStringAsync(cancellationToken), Does.StartWith("id: 22\ndata: Building\ndata: hello\n"));
    }

    [Test]
    public async Task Should_be_told_when_there_is_nothing_more(CancellationToken cancellationToken)
    {
        var build = Finished();
        using var end = await GetAsync(UrlOf(build), cancellationToken, ("Last-Event-ID", "22"));
        Assert.That(end.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));

        using var behind = await GetAsync(UrlOf(build), cancellationToken, ("Range", "bytes=23-"));
        Assert.That(behind.StatusCode, Is.EqualTo(HttpStatusCode.RequestedRangeNotSatisfiable));
        Assert.That(behind.Content.Headers.GetValues("Content-Range").Single(), Is.EqualTo("bytes */22"));
        Assert.That(await behind.Content.ReadAsStringAsync(cancellationToken), Does.StartWith("SLUG6154: "));

        using var wrong = await GetAsync(UrlOf(build), cancellationToken, ("Last-Event-ID", "none"));
        Assert.That(wrong.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await wrong.Content.ReadAsStringAsync(cancellationToken), Does.StartWith("SLUG6153: 'none'"));
    }

    [Test]
    public async Task Should_come_as_it_is_written(CancellationToken cancellationToken)
    {
        var build = Guid.CreateVersion7();
        var logs = service.Services.GetRequiredService<BuildLogs>();
        var log = logs.Start(build);
        log.Say("one");
        using var response = await GetAsync(UrlOf(build), cancellationToken);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        Assert.That(await reader.ReadLineAsync(cancellationToken), Is.EqualTo("one"));
        log.Say("two");
        Assert.That(await reader.ReadLineAsync(cancellationToken), Is.EqualTo("two"));
        logs.Finish(build);
        Assert.That(await reader.ReadLineAsync(cancellationToken), Is.Null);
    }

    [TestCase(0, Text)]
    [TestCase(1, "hello\n")]
    [TestCase(2, "")]
    [TestCase(3, "")]
    public async Task Should_be_the_same_text_from_any_line_for_the_command_line(int from, string expected, CancellationToken cancellationToken)
    {
        var build = Finished();
        var app = await service.Services.GetRequiredService<AppStore>().FindOrCreateAsync(AppName.Parse("mine"), "tests", cancellationToken);
        await service.Services.GetRequiredService<BuildStore>().AskAsync(build, app, "tests", new() { Url = "https://example.org/x" }, cancellationToken);
        var token = await service.TokenAsync(new($"reader-{Guid.NewGuid():N}"[..20], null, new HashSet<Scope> { Scope.Read }), cancellationToken);
        using var response = await service.SendAsync("GET", $"/slug/builds/{build}/log?follow=true&from={from}", token, cancellationToken);
        Assert.That(await response.Content.ReadAsStringAsync(cancellationToken), Is.EqualTo(expected));
    }

    [Test]
    public async Task Should_be_refused_without_its_signature_and_with_that_of_another(CancellationToken cancellationToken)
    {
        var build = Finished();
        var url = UrlOf(build);
        foreach (var forged in (string[])[url.Split('?')[0], url.Replace(build.ToString(), Finished().ToString(), StringComparison.Ordinal)])
        {
            using var refused = await GetAsync(forged, cancellationToken);
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(await refused.Content.ReadAsStringAsync(cancellationToken), Does.StartWith("SLUG6151: "));
        }
    }

    [Test]
    public async Task Should_be_told_that_a_log_is_gone(CancellationToken cancellationToken)
    {
        using var gone = await GetAsync(UrlOf(Guid.CreateVersion7()), cancellationToken);
        Assert.That(gone.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await gone.Content.ReadAsStringAsync(cancellationToken), Does.StartWith("SLUG6152: "));
    }

    private Guid Finished()
    {
        var build = Guid.CreateVersion7();
        var logs = service.Services.GetRequiredService<BuildLogs>();
        var log = logs.Start(build);
        foreach (var line in Text.TrimEnd('\n').Split('\n'))
            log.Say(line);
        logs.Finish(build);
        return build;
    }

    private string UrlOf(Guid build)
    {
        var http = new DefaultHttpContext();
        (http.Request.Scheme, http.Request.Host) = ("http", new(service.Address.Authority));
        return StreamEndpoints.UrlOf(build, http, service.Services.GetRequiredService<SignedLinks>());
    }

    private static async Task<HttpResponseMessage> GetAsync(string url, CancellationToken cancellationToken, params (string Name, string Value)[] headers)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }
}
