using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Slug.Tokens;

namespace Slug.Tests.Api;

/// <summary>Every endpoint under <c>/slug/</c>: its answer as the API's own description has it, and what it refuses. Who may ask at all is walked with the table of scopes.</summary>
[CancelAfter(120_000)]
internal sealed class When_the_API_is_asked
{
    private ApiScene scene = null!;
    private DescribedApi api = null!;

    private static IEnumerable<ApiCase> Cases => ApiCases.All;

    private static IEnumerable<ApiCase> Reading => ApiCases.All.Where(known => known.Body?[0] is '{' or '[' && known.Body != "{archive}");

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        scene = await ApiScene.StartAsync();
        using var response = await scene.Service.SendAsync("GET", "/slug/openapi.json", null, CancellationToken.None);
        api = new(JsonElement.Parse(await response.Content.ReadAsStringAsync()));
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await scene.DisposeAsync();

    [Test]
    public void Every_endpoint_is_in_the_table_of_cases() =>
        Assert.That(Cases.Select(known => known.Endpoint), Is.EquivalentTo(AccessRules.Table.Keys.Where(rule => rule.Contains(" /slug/", StringComparison.Ordinal))));

    [TestCaseSource(nameof(Cases))]
    public async Task Should_answer_as_its_description_has_it(ApiCase known, CancellationToken cancellationToken)
    {
        using var response = await scene.SendAsync(known.Method, known.Path, known.Body, "application/json", cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        Assert.That((int)response.StatusCode, Is.EqualTo(known.Status), body);
        Assert.That(api.MistakesOf(known.Endpoint, known.Status, response.Content.Headers.ContentType?.MediaType, body), Is.Empty, body);
    }

    [TestCaseSource(nameof(Cases))]
    public async Task Should_refuse_a_mistake_with_a_code_and_say_what_was_expected(ApiCase known, CancellationToken cancellationToken)
    {
        var bad = known.Bad ?? new BadRequest(400, "SLUG6198") { Path = $"{known.Path}?nonsense=1", Says = "'nonsense'" };
        using var response = await scene.SendAsync(known.Method, bad.Path ?? known.Path, bad.Body ?? known.Body, bad.Type, cancellationToken);
        await RefusedAsync(known, response, bad, cancellationToken);
    }

    [TestCaseSource(nameof(Cases))]
    public async Task Should_not_pass_over_a_word_of_the_query_that_it_does_not_know(ApiCase known, CancellationToken cancellationToken)
    {
        using var response = await scene.SendAsync(known.Method, $"{known.Path}{(known.Path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}nonsense=1", known.Body, "application/json", cancellationToken);
        await RefusedAsync(known, response, new(400, "SLUG6198") { Says = "'nonsense'" }, cancellationToken);
    }

    [TestCaseSource(nameof(Reading))]
    public async Task Should_refuse_a_body_that_cannot_be_read(ApiCase known, CancellationToken cancellationToken)
    {
        var bodies = new[]
        {
            new BadRequest(400, "SLUG6190") { Body = known.Body![..^1], Says = "(line 1, byte " },
            new BadRequest(400, "SLUG6190") { Body = "name=hello" },
            new BadRequest(400, "SLUG6193") { Body = "null", Says = "a JSON " },
            new BadRequest(400, "SLUG6193") { Body = "" },
            new BadRequest(422, "SLUG6191") { Body = "\"hello\"", Says = "the body is not what it has to be; expected a JSON " },
            new BadRequest(415, "SLUG6194") { Body = known.Body, Type = "application/x-www-form-urlencoded", Says = "'application/x-www-form-urlencoded'" },
            new BadRequest(415, "SLUG6194") { Body = known.Body, Type = "" },
            new BadRequest(413, "SLUG6195") { Body = new string(' ', 1_100_000) + known.Body, Says = "at most 1048576 bytes" },
        };
        foreach (var bad in bodies)
        {
            using var response = await scene.SendAsync(known.Method, known.Path, bad.Body, bad.Type, cancellationToken);
            await RefusedAsync(known, response, bad, cancellationToken);
        }
    }

    [TestCase("GET", "/slug/nowhere", 404, "SLUG6199")]
    [TestCase("GET", "/slug", 404, "SLUG6199")]
    [TestCase("PUT", "/slug/apps", 405, "SLUG6330")]
    [TestCase("GET", "/slug/signing-key?format=jwk", 400, "SLUG6198")]
    public async Task Should_say_what_is_not_there(string method, string path, int status, string code, CancellationToken cancellationToken)
    {
        using var response = await scene.SendAsync(method, path, null, "", cancellationToken);
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That(JsonElement.Parse(await response.Content.ReadAsStringAsync(cancellationToken)).GetProperty("code").GetString(), Is.EqualTo(code));
    }

    [TestCase(null, HttpStatusCode.Unauthorized, "SLUG9010")]
    [TestCase("slg_none", HttpStatusCode.Unauthorized, "SLUG9010")]
    public async Task Should_refuse_who_has_no_token_in_the_same_form(string? token, HttpStatusCode status, string code, CancellationToken cancellationToken)
    {
        using var response = await scene.Service.SendAsync("GET", "/slug/status?nonsense=1", token, cancellationToken);
        Assert.That((response.StatusCode, response.Content.Headers.ContentType?.MediaType), Is.EqualTo((status, "application/problem+json")));
        Assert.That(response.Headers.WwwAuthenticate.Single().Scheme, Is.EqualTo("Basic"));
        Assert.That(JsonElement.Parse(await response.Content.ReadAsStringAsync(cancellationToken)).GetProperty("code").GetString(), Is.EqualTo(code));
    }

    [TestCase("/slug/apps", "SLUG6193: ")]
    [TestCase("/apps", "SLUG6331: the request cannot be read (Bad chunk size data)")]
    public async Task Should_say_that_a_body_broke_off(string path, string says, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(scene.Service.Address.Host, scene.Service.Address.Port, cancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: slug\r\nAuthorization: Bearer {scene.Token}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nno number\r\n"), cancellationToken);
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync(cancellationToken);
        Assert.That(answer, Does.StartWith("HTTP/1.1 400 ").And.Contains(says));
    }

    private async Task RefusedAsync(ApiCase known, HttpResponseMessage response, BadRequest bad, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        Assert.That(((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType), Is.EqualTo((bad.Status, "application/problem+json")), body);
        Assert.That(api.MistakesOf(known.Endpoint, bad.Status, "application/problem+json", body), Is.Empty, body);
        Assert.That(body, Does.Not.Contain("\\u0027"), "quotes as they are, for who reads it with curl");
        var problem = JsonElement.Parse(body);
        Assert.That(problem.GetProperty("code").GetString(), Is.EqualTo(bad.Code), body);
        Assert.That(problem.GetProperty("detail").GetString(), Does.StartWith($"{bad.Code}: ").And.Contains(bad.Says ?? ""));
    }
}
