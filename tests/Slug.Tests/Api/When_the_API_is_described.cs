using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Slug.Apps;
using Slug.Tests.Tokens;
using Slug.Tokens;

namespace Slug.Tests.Api;

[CancelAfter(60_000)]
internal sealed class When_the_API_is_described
{
    private RunningService service = null!;
    private JsonElement description;
    private string token = "";

    // What is asked for of an app that has neither builds nor droplets.
    private static string[] Questions => ["/status", "/apps", "/tokens", "/bootstraps", "/intake", "/apps/mine/config", "/apps/mine/buildpacks", "/apps/mine/builds", "/apps/mine/cache", "/apps/mine/releases", "/apps/mine/droplets"];

    private static IEnumerable<string> Endpoints => AccessRules.Table.Keys.Where(rule => rule.Contains(" /slug/", StringComparison.Ordinal));

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        service = await RunningService.StartAsync(CancellationToken.None);
        using var response = await service.SendAsync("GET", "/slug/openapi.json", null, CancellationToken.None);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        description = JsonElement.Parse(await response.Content.ReadAsStringAsync());
        token = await service.TokenAsync(new("operator", null, new HashSet<Scope> { Scope.Admin }), CancellationToken.None);
        await service.Services.GetRequiredService<AppStore>().FindOrCreateAsync(AppName.Parse("mine"), "tests", CancellationToken.None);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [TestCaseSource(nameof(Endpoints))]
    public void Should_say_of_an_endpoint_what_it_is_for_and_who_may_ask_it(string rule)
    {
        var operation = OperationOf(rule);
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
        var responses = OperationOf(rule).GetProperty("responses");
        Assert.That(responses.EnumerateObject().Select(response => response.Name[0]), Does.Contain('2'));
        Assert.That(responses.EnumerateObject().Select(response => response.Name), Does.Contain("401").And.Contains("403"));
        foreach (var response in responses.EnumerateObject().Where(response => response.Name != "204"))
        {
            var content = response.Value.GetProperty("content").EnumerateObject().Single();
            Assert.That(Resolved(content.Value.GetProperty("schema")).EnumerateObject(), Is.Not.Empty, response.Name);
            if (response.Name[0] != '2' && response.Name is not ("401" or "403"))
                Assert.That((content.Name, content.Value.GetRawText()), Is.EqualTo(("application/problem+json", """{"schema":{"$ref":"#/components/schemas/ProblemView"}}""")).Using<(string, string)>((one, other) => one.Item1 == other.Item1 && Compact(one.Item2) == Compact(other.Item2)));
        }
    }

    [Test]
    public void Should_name_no_operation_twice_and_no_other_door()
    {
        var operations = description.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).ToList();
        Assert.That(operations.Select(operation => operation.Value.GetProperty("operationId").GetString()), Is.Unique);
        Assert.That(description.GetProperty("paths").EnumerateObject().Select(path => path.Name), Has.All.StartWith("/slug/"));
        Assert.That(operations, Has.Count.EqualTo(Endpoints.Count() + 1), "those of the table, and the signing key");
    }

    [TestCaseSource(nameof(Questions))]
    public async Task Should_describe_what_is_really_answered(string question, CancellationToken cancellationToken)
    {
        using var response = await service.SendAsync("GET", $"/slug{question}", token, cancellationToken);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var path = $"/slug{question.Replace("mine", "{app}", StringComparison.Ordinal)}";
        var schema = description.GetProperty("paths").GetProperty(path).GetProperty("get").GetProperty("responses").GetProperty("200").GetProperty("content").EnumerateObject().Single().Value.GetProperty("schema");
        Assert.That(Mistakes(JsonElement.Parse(await response.Content.ReadAsStringAsync(cancellationToken)), schema, "answer"), Is.Empty);
    }

    [Test]
    public async Task Should_describe_what_a_refusal_really_is(CancellationToken cancellationToken)
    {
        using var response = await service.SendAsync("GET", "/slug/apps/nope/releases", token, cancellationToken);
        Assert.That((response.StatusCode, response.Content.Headers.ContentType?.MediaType), Is.EqualTo((HttpStatusCode.NotFound, "application/problem+json")));
        var problem = JsonElement.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        Assert.That(Mistakes(problem, description.GetProperty("components").GetProperty("schemas").GetProperty("ProblemView"), "problem"), Is.Empty);
    }

    private JsonElement OperationOf(string rule)
    {
        var (method, path) = (rule.Split(' ')[0], rule.Split(' ')[1]);
        return description.GetProperty("paths").GetProperty(path.TrimEnd('/')).GetProperty(method.ToLowerInvariant());
    }

    private JsonElement Resolved(JsonElement schema) =>
        schema.TryGetProperty("$ref", out var reference) ? description.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]) : schema;

    // As much of JSON Schema as these have: types, properties, what has to be there, items.
    private IEnumerable<string> Mistakes(JsonElement value, JsonElement described, string where)
    {
        var schema = Resolved(described);
        if (schema.TryGetProperty("oneOf", out var options))
            return options.EnumerateArray().Any(option => !Mistakes(value, option, where).Any()) ? [] : [$"{where} is none of its kinds"];
        var types = !schema.TryGetProperty("type", out var type) ? [] : type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(one => one.GetString()).ToList() : [type.GetString()];
        if (types.Count > 0 && !types.Contains(KindOf(value)) && !(KindOf(value) == "integer" && types.Contains("number")))
            return [$"{where} is {KindOf(value)}, not {string.Join(" or ", types)}"];
        return value.ValueKind switch
        {
            JsonValueKind.Array => value.EnumerateArray().SelectMany((item, index) => Mistakes(item, schema.GetProperty("items"), $"{where}[{index}]")),
            JsonValueKind.Object => OfObject(value, schema, where),
            _ => [],
        };
    }

    private IEnumerable<string> OfObject(JsonElement value, JsonElement schema, string where)
    {
        if (schema.TryGetProperty("required", out var required))
            foreach (var name in required.EnumerateArray().Select(name => name.GetString()!).Where(name => !value.TryGetProperty(name, out _)))
                yield return $"{where} has no {name}";
        foreach (var property in value.EnumerateObject())
        {
            if (!(schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(property.Name, out var described)) && !schema.TryGetProperty("additionalProperties", out described))
                yield return $"{where} has {property.Name}, which is not described";
            else
                foreach (var mistake in Mistakes(property.Value, described, $"{where}.{property.Name}"))
                    yield return mistake;
        }
    }

    private static string KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
        var kind => kind.ToString().ToLowerInvariant(),
    };

    private static string Compact(string json) => json.Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
}
