using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Slug.Platform;
using Slug.Tokens;

namespace Slug.Tests.Platform;

/// <summary>Every endpoint of the group: its answer against the published schema and by its members, and what it refuses. Who may ask at all is walked with the table of scopes.</summary>
[CancelAfter(120_000)]
internal sealed class When_the_Platform_API_is_asked
{
    private PlatformScene scene = null!;

    private static IEnumerable<PlatformCase> Cases => PlatformCases.All;

    [OneTimeSetUp]
    public async Task StartAsync() => scene = await PlatformScene.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await scene.DisposeAsync();

    [Test]
    public void Every_endpoint_is_in_the_table_of_cases()
    {
        var endpoints = scene.Service.Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<RefusalForm>() == PlatformError.Form)
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText}"));
        Assert.That(Cases.Select(known => known.Endpoint).Distinct(), Is.EquivalentTo(endpoints.Distinct()));
    }

    [TestCaseSource(nameof(Cases))]
    public async Task Should_answer_as_the_published_schema_has_it(PlatformCase known, CancellationToken cancellationToken)
    {
        using var response = await scene.SendAsync(known.Method, known.Path, known.Body, cancellationToken);
        var json = await response.Content.ReadAsStringAsync(cancellationToken);
        Assert.That((int)response.StatusCode, Is.EqualTo(known.Status), json);
        CheckMembers(known, json);
        if (known.Schema is null)
            return;
        if (PublishedSchema.Check is not { } schema)
        {
            Assert.Ignore(PublishedSchema.Reason);
            return;
        }

        var answer = PublishedSchema.AtHeroku(json, scene.Service.Address);
        var mistakes = known.IsList
            ? answer.EnumerateArray().SelectMany((entry, index) => schema.Mistakes(entry, schema.At(known.Schema), $"$[{index}]"))
            : schema.Mistakes(answer, schema.At(known.Schema));
        Assert.That(mistakes, Is.Empty, json);
    }

    [TestCaseSource(nameof(Cases))]
    public async Task Should_refuse_a_mistake_with_an_id_of_the_API_and_a_code_of_ours(PlatformCase known, CancellationToken cancellationToken)
    {
        using var response = await scene.SendAsync(known.Method, known.Bad.Path ?? known.Path, known.Bad.Body ?? known.Body, cancellationToken, known.Bad.Header);
        var json = await response.Content.ReadAsStringAsync(cancellationToken);
        Assert.That((int)response.StatusCode, Is.EqualTo(known.Bad.Status), json);
        var error = JsonSerializer.Deserialize<JsonElement>(json);
        Assert.Multiple(() =>
        {
            Assert.That(error.GetProperty("id").GetString(), Is.EqualTo(known.Bad.Id));
            Assert.That(error.GetProperty("message").GetString(), Does.StartWith($"{known.Bad.Code}: "));
            Assert.That(response.Headers.Contains("Request-Id"));
        });
    }

    private static void CheckMembers(PlatformCase known, string json)
    {
        if (known.Members is null)
            return;
        var answer = JsonSerializer.Deserialize<JsonElement>(json);
        var members = (known.IsList ? answer[0] : answer).EnumerateObject().Select(member => member.Name);
        Assert.That(members, Is.EquivalentTo(known.Members.Split(' ')), json);
    }
}
