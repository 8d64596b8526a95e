using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Slug.Commands;

namespace Slug.Tests.Commands;

[CancelAfter(60_000)]
internal sealed class When_webhooks_are_asked_for
{
    private const string Id = "0198c5b4-5d3c-7c4e-9b1a-2f6d8e0a1b2c";

    private const string Webhook =
        """{"app":{"id":"0198c5b4-0000-7c4e-9b1a-2f6d8e0a1b2c","name":"hello"},"created_at":"2026-01-02T03:04:05Z","id":"0198c5b4-5d3c-7c4e-9b1a-2f6d8e0a1b2c","include":["api:build","api:release"],"level":"sync","updated_at":"2026-01-02T03:04:05Z","url":"https://a.example/h"}""";

    private const string Delivery =
        """
        {"created_at":"2026-01-02T03:04:05Z","event":{"id":"0198c5b4-0000-7c4e-9b1a-2f6d8e0a1b2c","include":"api:build"},"id":"0198c5b4-5d3c-7c4e-9b1a-2f6d8e0a1b2c","num_attempts":3,"next_attempt_at":null,
         "last_attempt":{"id":"0198c5b4-0000-7c4e-9b1a-2f6d8e0a1b2c","code":null,"error_class":"Timeout","status":"failed","created_at":"2026-01-02T03:04:05Z","updated_at":"2026-01-02T03:04:05Z"},
         "status":"failed","updated_at":"2026-01-02T03:04:05Z","webhook":{"id":"0198c5b4-0000-7c4e-9b1a-2f6d8e0a1b2c","level":"sync"}}
        """;

    [TestCase("webhooks hello", "GET /apps/hello/webhooks", "https://a.example/h")]
    [TestCase("webhooks hello remove " + Id, "DELETE /apps/hello/webhooks/" + Id, "Removed " + Id)]
    [TestCase("webhooks hello test " + Id, "POST /slug/apps/hello/webhooks/" + Id + "/test", "slug webhooks hello deliveries")]
    [TestCase("webhooks hello deliveries", "GET /apps/hello/webhook-deliveries", "Timeout")]
    [TestCase("webhooks hello deliveries --failed", "GET /apps/hello/webhook-deliveries?eq%5Bstatus%5D=failed", "Timeout")]
    [TestCase("webhooks hello redeliver " + Id, "POST /slug/apps/hello/webhook-deliveries/" + Id + "/redeliver", "slug webhooks hello deliveries")]
    public async Task Should_ask_the_service_and_show_what_it_says(string line, string request, string shown)
    {
        await using var service = await FakeService.StartAsync(Map);
        var invocation = await service.InvokeAsync(line.Split(' '));
        Assert.That((invocation.ExitCode, invocation.Error), Is.EqualTo((ExitCode.Ok, "")));
        Assert.That(service.Requests, Is.EqualTo((string[])[request]));
        Assert.That(invocation.Output, Does.Contain(shown));
    }

    [Test]
    public async Task Should_add_one_and_show_the_secret_that_it_made()
    {
        await using var service = await FakeService.StartAsync(Map);
        var invocation = await service.InvokeAsync("webhooks", "hello", "add", "https://a.example/h");
        var asked = JsonSerializer.Deserialize<JsonElement>(service.Requests.Single()["POST /apps/hello/webhooks ".Length..]);
        Assert.That((asked.GetProperty("level").GetString(), asked.GetProperty("include").GetArrayLength()), Is.EqualTo(("sync", 3)));
        Assert.That(invocation.Output, Does.StartWith($"Added {Id}.").And.Contains(asked.GetProperty("secret").GetString()!));
    }

    [Test]
    public async Task Should_not_show_a_secret_that_was_named()
    {
        await using var service = await FakeService.StartAsync(Map);
        var invocation = await service.InvokeAsync("webhooks", "hello", "add", "https://a.example/h", "--secret", "known-here", "-i", "api:build", "-l", "notify");
        Assert.That(service.Requests.Single(), Does.EndWith("""{"authorization":null,"include":["api:build"],"level":"notify","secret":"known-here","url":"https://a.example/h"}"""));
        Assert.That(invocation.Output, Is.EqualTo($"Added {Id}.\n"));
    }

    [Test]
    public async Task Should_say_why_it_was_refused()
    {
        await using var service = await FakeService.StartAsync(app => app.MapPost("/apps/hello/webhooks", () =>
            Results.Text("""{"id":"invalid_params","message":"SLUG6252: 'loud' is not a level"}""", "application/json", statusCode: 422)));
        var invocation = await service.InvokeAsync("webhooks", "hello", "add", "https://a.example/h", "--level", "loud");
        Assert.That((invocation.ExitCode, invocation.Error.Trim()), Is.EqualTo((ExitCode.UserError, "!     SLUG6252: 'loud' is not a level")));
    }

    [Test]
    public async Task Should_say_how_to_begin_where_nobody_is_told()
    {
        await using var service = await FakeService.StartAsync(app => app.MapGet("/apps/hello/webhooks", () => Results.Text("[]", "application/json")));
        Assert.That((await service.InvokeAsync("webhooks", "hello")).Error, Does.Contain("slug webhooks hello add URL"));
    }

    private static void Map(WebApplication app)
    {
        app.MapGet("/apps/hello/webhooks", () => Results.Text($"[{Webhook}]", "application/json"));
        app.MapPost("/apps/hello/webhooks", () => Results.Text(Webhook, "application/json", statusCode: 201));
        app.MapDelete($"/apps/hello/webhooks/{Id}", () => Results.Text(Webhook, "application/json"));
        app.MapGet("/apps/hello/webhook-deliveries", () => Results.Text($"[{Delivery}]", "application/json"));
        app.MapPost("/slug/apps/hello/{**rest}", () => Results.Accepted());
    }
}
