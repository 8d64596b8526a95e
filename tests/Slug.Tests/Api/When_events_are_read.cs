using System.Globalization;
using System.Net.ServerSentEvents;
using Microsoft.Extensions.DependencyInjection;
using Slug.Apps;
using Slug.Tests.Tokens;
using Slug.Tokens;

namespace Slug.Tests.Api;

[CancelAfter(60_000)]
internal sealed class When_events_are_read
{
    private RunningService service = null!;
    private string token = "";

    private static IEnumerable<string> Hostile =>
        ["abc", "-1", "1.5", "0x10", " ", "99999999999999999999", "9223372036854775807", "1,2", "1 or 1=1", "1; drop table events", new string('9', 10_000)];

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        service = await RunningService.StartAsync(CancellationToken.None);
        token = await service.TokenAsync(new("operator", null, new HashSet<Scope> { Scope.Admin }), CancellationToken.None);
        foreach (var name in (string[])["one", "two", "three"])
            await service.Services.GetRequiredService<AppStore>().FindOrCreateAsync(AppName.Parse(name), "tests", CancellationToken.None);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task Should_go_on_after_the_one_that_the_reader_has(CancellationToken cancellationToken)
    {
        var all = await ReadAsync("", null, cancellationToken);
        Assert.That(all, Has.Count.GreaterThan(3));
        Assert.That(await ReadAsync("", all[^2], cancellationToken), Is.EqualTo((string[])[all[^1]]));
        Assert.That(await ReadAsync("?after=0", all[^1], cancellationToken), Is.Empty, "it wins over the query");
        Assert.That(await ReadAsync($"?after={all[0]}", null, cancellationToken), Is.EqualTo(all.Skip(1)));
        Assert.That(await ReadAsync("?last=2", null, cancellationToken), Is.EqualTo(all.TakeLast(2)));
    }

    [TestCaseSource(nameof(Hostile))]
    public async Task Should_pass_over_a_Last_Event_ID_that_is_no_event_s_number(string id, CancellationToken cancellationToken) =>
        Assert.That(await ReadAsync("?last=2", id, cancellationToken), Has.Count.EqualTo(2));

    [TestCase("?last=-5")]
    [TestCase("?last=2147483647")]
    [TestCase("?after=-9223372036854775808")]
    public async Task Should_take_any_number_of_the_query(string query, CancellationToken cancellationToken) =>
        Assert.That(await ReadAsync(query, null, cancellationToken), Is.Ordered.Using<string>((one, other) => Number(one).CompareTo(Number(other))));

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private async Task<IReadOnlyList<string>> ReadAsync(string query, string? last, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = service.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/slug/events{query}") { Headers = { Authorization = new("Bearer", token) } };
        if (last is not null)
            request.Headers.TryAddWithoutValidation("Last-Event-ID", last);
        using var response = await client.SendAsync(request, cancellationToken);
        Assert.That((response.StatusCode, response.Content.Headers.ContentType?.MediaType), Is.EqualTo((System.Net.HttpStatusCode.OK, "text/event-stream")));
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        return [.. (await SseParser.Create(body).EnumerateAsync(cancellationToken).ToListAsync(cancellationToken)).Select(item => item.EventId!)];
    }
}
