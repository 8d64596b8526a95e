using System.Net;
using System.Text.Json;
using Slug.Platform;

namespace Slug.Tests.Platform;

[CancelAfter(60_000)]
internal sealed class When_a_client_keeps_to_Heroku_s_conventions
{
    private PlatformScene scene = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => scene = await PlatformScene.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await scene.DisposeAsync();

    [Test]
    public async Task Should_be_told_that_what_it_has_is_still_so(CancellationToken cancellationToken)
    {
        using var first = await scene.SendAsync("GET", "/apps/mine", null, cancellationToken);
        using var second = await scene.SendAsync("GET", "/apps/mine", null, cancellationToken, $"If-None-Match: {first.Headers.ETag}");
        using var other = await scene.SendAsync("GET", "/apps/doomed", null, cancellationToken, $"If-None-Match: {first.Headers.ETag}");
        Assert.Multiple(() =>
        {
            Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
            Assert.That(second.Content.Headers.ContentLength ?? 0, Is.Zero);
            Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        });
    }

    [Test]
    public async Task Should_find_an_app_by_its_name_and_by_its_id(CancellationToken cancellationToken)
    {
        using var byName = await scene.SendAsync("GET", "/apps/mine", null, cancellationToken);
        using var byId = await scene.SendAsync("GET", $"/apps/{scene.App.Id}", null, cancellationToken);
        Assert.That(byId.Headers.ETag, Is.EqualTo(byName.Headers.ETag));
    }

    [TestCase("application/vnd.heroku+json; version=3")]
    [TestCase("application/vnd.heroku+json; version=3.sdk")]
    [TestCase("application/json")]
    [TestCase("*/*")]
    public async Task Should_be_answered_in_JSON_with_an_id_and_what_is_left_of_the_limit(string accept, CancellationToken cancellationToken)
    {
        using var one = await scene.SendAsync("GET", "/account", null, cancellationToken, $"Accept: {accept}");
        using var two = await scene.SendAsync("GET", "/account", null, cancellationToken, $"Accept: {accept}");
        Assert.Multiple(() =>
        {
            Assert.That(one.Content.Headers.ContentType?.ToString(), Is.EqualTo("application/json; charset=utf-8"));
            Assert.That(Guid.TryParse(one.Headers.GetValues("Request-Id").Single(), out _));
            Assert.That(two.Headers.GetValues("Request-Id"), Is.Not.EqualTo(one.Headers.GetValues("Request-Id")));
            // A second gives back more than one takes: RateLimitsTests count.
            Assert.That(new[] { LeftOf(one), LeftOf(two) }, Is.All.InRange(RateLimits.PerHour - 200, RateLimits.PerHour));
        });
    }

    [TestCase("{", 400, "bad_request")]
    [TestCase("[]", 400, "bad_request")]
    [TestCase("null", 400, "bad_request")]
    [TestCase("""{"name":5}""", 422, "invalid_params")]
    [TestCase("""{"name":"two","region":"mars"}""", 422, "invalid_params")]
    [TestCase("""{"name":"two","stack":"cedar"}""", 422, "invalid_params")]
    [TestCase("""{"name":"two","maintenance":true}""", 422, "invalid_params")]
    [TestCase("""{"name":"mine"}""", 422, "invalid_params")]
    public async Task Should_be_told_what_is_wrong_with_what_it_sends(string body, int status, string id, CancellationToken cancellationToken)
    {
        using var response = await scene.SendAsync("POST", "/apps", body, cancellationToken);
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That(await IdAsync(response, cancellationToken), Is.EqualTo(id));
    }

    [Test]
    public async Task Should_be_given_a_name_where_it_names_none(CancellationToken cancellationToken)
    {
        using var response = await scene.SendAsync("POST", "/apps", null, cancellationToken);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(await response.Content.ReadAsStringAsync(cancellationToken), Does.Match("\"name\":\"app-[0-9a-f]{8}\""));
    }

    [Test]
    public async Task Should_be_refused_in_the_form_of_the_API_without_a_token(CancellationToken cancellationToken)
    {
        using var response = await scene.Service.SendAsync("GET", "/account", null, cancellationToken);
        Assert.Multiple(async () =>
        {
            Assert.That(await IdAsync(response, cancellationToken), Is.EqualTo("unauthorized"));
            Assert.That(response.Headers.Contains("Request-Id"));
        });
    }

    private static int LeftOf(HttpResponseMessage response) => int.Parse(response.Headers.GetValues("RateLimit-Remaining").Single(), null);

    private static async Task<string?> IdAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(cancellationToken)).GetProperty("id").GetString();
}
