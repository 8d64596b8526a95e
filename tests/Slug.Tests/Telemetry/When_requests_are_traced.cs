using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Slug.Apps;
using Slug.Telemetry;
using Slug.Tests.Webhooks.Incoming;
using Slug.Tokens;
using Slug.Webhooks.Outgoing;

namespace Slug.Tests.Telemetry;

/// <summary>What a listener hears of requests that are no push. Each test knows its own by a trace or a name of its own: others run beside it.</summary>
[CancelAfter(60_000)]
internal sealed class When_requests_are_traced : HookSituation
{
    private readonly ConcurrentQueue<Activity> heard = new();
    private ActivityListener listener = null!;
    private string token = "";

    [OneTimeSetUp]
    public async Task ListenAsync()
    {
        listener = new()
        {
            ShouldListenTo = source => source.Name == Traces.Name,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = heard.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        token = await Service.TokenAsync(new("reader", null, new HashSet<Scope> { Scope.Admin }), CancellationToken.None);
    }

    [OneTimeTearDown]
    public void Stop() => listener.Dispose();

    [TestCase("GET", "/v2/hello/tags/list", "registry", "/v2/{name}/tags/list", HttpStatusCode.OK)]
    [TestCase("GET", "/v2/hello/manifests/v9", "registry", "/v2/{name}/manifests/{reference}", HttpStatusCode.NotFound)]
    [TestCase("GET", "/hello.git/info/lfs/objects/0000000000000000000000000000000000000000000000000000000000000000", "lfs", "/{name}.git/info/lfs/objects/{oid}", HttpStatusCode.NotFound)]
    public async Task Should_hear_of_images_and_large_files_below_the_client_s_own_span(string method, string path, string name, string route, HttpStatusCode status, CancellationToken cancellationToken)
    {
        var (trace, parent) = (ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom());
        using var request = new HttpRequestMessage(new(method), path) { Headers = { Authorization = new("Bearer", token) } };
        request.Headers.Add("traceparent", $"00-{trace}-{parent}-01");
        using var response = await Client.SendAsync(request, cancellationToken);
        Assert.That(response.StatusCode, Is.EqualTo(status));
        var span = await HeardAsync(span => span.TraceId == trace, cancellationToken);
        Assert.That((span.DisplayName, span.Kind, span.ParentSpanId), Is.EqualTo((name, ActivityKind.Server, parent)));
        Assert.That((span.GetTagItem("http.route"), span.GetTagItem("http.response.status_code"), span.GetTagItem("slug.app")), Is.EqualTo((route, (int)status, "hello")));
    }

    [Test]
    public async Task Should_not_hear_of_who_has_no_token(CancellationToken cancellationToken)
    {
        var trace = ActivityTraceId.CreateRandom();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v2/hello/tags/list") { Headers = { { "traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01" } } };
        using var response = await Client.SendAsync(request, cancellationToken);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(heard.Where(span => span.TraceId == trace), Is.Empty);
    }

    [Test]
    public async Task Should_hear_of_a_forge_s_delivery_and_of_what_became_of_it_as_one_trace(CancellationToken cancellationToken)
    {
        var hook = await HookAsync(Sender.GitHub, cancellationToken);
        var told = await SendAsync(Sender.GitHub.Request(hook.Path, Sender.GitHub.PushOf(Main, Commit, Repository), hook.Secret, "delivery-1"), cancellationToken);
        Assert.That(told.Status, Is.EqualTo(HttpStatusCode.Accepted), told.Text);
        var delivery = await HeardAsync(span => span.DisplayName == "delivery" && Equals(span.GetTagItem("slug.hook"), hook.Name), cancellationToken);
        var received = await HeardAsync(span => span.SpanId == delivery.ParentSpanId, cancellationToken);
        Assert.That((received.DisplayName, received.TraceId, received.GetTagItem("http.response.status_code")), Is.EqualTo(("hook", delivery.TraceId, 202)));
        Assert.That((delivery.GetTagItem("slug.app"), delivery.GetTagItem("slug.result")), Is.EqualTo(("hello", "failed")));
    }

    [Test]
    public async Task Should_hear_of_what_is_sent_to_webhooks_and_never_of_where(CancellationToken cancellationToken)
    {
        var app = (await Service.Services.GetRequiredService<AppStore>().FindAsync(AppName.Parse("hello"), cancellationToken))!;
        var webhooks = Service.Services.GetRequiredService<WebhookStore>();
        var webhook = (await webhooks.CreateAsync(app, new("https://127.0.0.1:9/secret", null, null, [Notice.Build], WebhookLevel.Notify), "tests", cancellationToken))!;
        await webhooks.TestAsync(app, webhook, "tests", cancellationToken);
        var span = await HeardAsync(span => Equals(span.GetTagItem("slug.webhook"), $"{webhook.Id}"), cancellationToken);
        Assert.That((span.DisplayName, span.Kind, span.Status, span.GetTagItem("slug.event"), span.GetTagItem("error.type")), Is.EqualTo(("webhook", ActivityKind.Client, ActivityStatusCode.Error, "slug:test create", AttemptResult.AddressRefused)));
        Assert.That(span.TagObjects.Select(tag => $"{tag.Value}"), Has.None.Contains("secret"));
    }

    private async Task<Activity> HeardAsync(Func<Activity, bool> which, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (true)
        {
            if (heard.FirstOrDefault(which) is { } span)
                return span;
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }
}
