using System.Net;
using System.Text.Json;
using Slug.Tests.Tokens;
using Slug.Tokens;

namespace Slug.Tests.Api;

[CancelAfter(60_000)]
internal sealed class When_the_API_is_described
{
    private RunningService service = null!;
    private DescribedApi api = null!;

    private static IEnumerable<string> Endpoints => AccessRules.Table.Keys.Where(rule => rule.Contains(" /slug/", StringComparison.Ordinal));

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        service = await RunningService.StartAsync(CancellationToken.None);
        using var response = await service.SendAsync("GET", "/slug/openapi.json", null, CancellationToken.None);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        api = new(JsonElement.Parse(await response.Content.ReadAsStringAsync()));
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [TestCaseSource(nameof(Endpoints))]
    public void Should_say_of_an_endpoint_what_it_is_for_and_who_may_ask_it(string rule)
    {
        var operation = api.OperationOf(rule);
        Assert.Multiple(() =>
        {
            Assert.That(operation.GetProperty("operationId").GetString(), Does.Match("^[a-z][A-Za-z]+$"));
            Assert.That(operation.GetProperty("summary").GetString(), Is.Not.Empty);
            Assert.That(operation.GetProperty("x-slug-scope").GetString(), Is.EqualTo(AccessRules.Table[rule]?.ToString().ToLowerInvariant() ?? "any"));
            Assert.That(operation.GetProperty("security").GetArrayLength(), Is.EqualTo(1));
            foreach (var name in rule.Split('{').Skip(1).Select(rest => rest.Split('}')[0]))
                Assert.That(operation.GetProperty("parameters").EnumerateArray().Any(parameter => parameter.GetProperty("name").GetString() == name && parameter.GetProperty("in").GetString() == "path"), Is.True, name);
        });
    }

    [TestCaseSource(nameof(Endpoints))]
    public void Should_say_of_each_answer_what_is_in_it(string rule)
    {
        var responses = api.OperationOf(rule).GetProperty("responses");
        Assert.That(responses.EnumerateObject().Select(response => response.Name[0]), Does.Contain('2'));
        Assert.That(responses.EnumerateObject().Select(response => response.Name), Does.Contain("401").And.Contains("403"));
        foreach (var response in responses.EnumerateObject().Where(response => response.Name != "204"))
        {
            if (response.Name == "202" && !response.Value.TryGetProperty("content", out _))
                continue;
            var content = response.Value.GetProperty("content").EnumerateObject().Single();
            Assert.That(api.Resolved(content.Value.GetProperty("schema")).EnumerateObject(), Is.Not.Empty, response.Name);
            if (response.Name[0] != '2')
                Assert.That((content.Name, content.Value.GetRawText()), Is.EqualTo(("application/problem+json", """{"schema":{"$ref":"#/components/schemas/ProblemView"}}""")).Using<(string, string)>((one, other) => one.Item1 == other.Item1 && Compact(one.Item2) == Compact(other.Item2)));
        }
    }

    [Test]
    public void Should_name_no_operation_twice_and_no_other_door()
    {
        var operations = api.Document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).ToList();
        Assert.That(operations.Select(operation => operation.Value.GetProperty("operationId").GetString()), Is.Unique);
        Assert.That(api.Document.GetProperty("paths").EnumerateObject().Select(path => path.Name), Has.All.StartWith("/slug/"));
        Assert.That(operations, Has.Count.EqualTo(Endpoints.Count() + 1), "those of the table, and the signing key");
    }

    private static string Compact(string json) => json.Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
}
