using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Slug.Commands;

namespace Slug.Tests.Commands;

[CancelAfter(60_000)]
internal sealed class When_hooks_are_set
{
    private const string Hook =
        """{"name":"github","forge":"github","branch":"main","urls":["https://a.example/x.git"],"path":"/hooks/hello/github","tellsForge":true,"createdAt":"2026-01-02T03:04:05+00:00"}""";

    [Test]
    public async Task Should_show_what_the_forge_is_to_be_told()
    {
        await using var service = await FakeService.StartAsync(app => app.MapPost("/slug/apps/hello/hooks", () => Results.Text($$"""{"hook":{{Hook}},"secret":"whsec_abc"}""", "application/json")));
        var invocation = await service.InvokeAsync("hooks", "hello", "add", "github", "--url", "https://a.example/x.git", "--branch", "main", "--status-token", "t");
        Assert.That(invocation.Error, Is.Empty);
        Assert.That(service.Requests.Single(), Is.EqualTo("""POST /slug/apps/hello/hooks {"forge":"github","branch":"main","urls":["https://a.example/x.git"],"statusToken":"t"}"""));
        Assert.That(invocation.Output, Does.Contain($"{service.Url}/hooks/hello/github").And.Contains("whsec_abc"));
    }

    [Test]
    public async Task Should_be_listed_and_removed()
    {
        await using var service = await FakeService.StartAsync(app =>
        {
            app.MapGet("/slug/apps/hello/hooks", () => Results.Text($"[{Hook}]", "application/json"));
            app.MapDelete("/slug/apps/hello/hooks/github", () => Results.NoContent());
        });
        Assert.That((await service.InvokeAsync("hooks", "hello")).Output.Split('\n')[1], Does.Match("^github +github +main +https://a.example/x.git +/hooks/hello/github +yes$"));
        Assert.That((await service.InvokeAsync("hooks", "hello", "remove", "github")).Output, Is.EqualTo("Removed github.\n"));
    }

    [Test]
    public async Task Should_show_what_came_and_what_became_of_it()
    {
        const string deliveries = """[{"id":"0198e9d8-0000-7000-8000-000000000000","key":"72d3162e","status":"succeeded","reason":"Released v3","branch":"main","commit":"95790bf891e76fee5e1747ab589903a6a1f80f22","told":"success","receivedAt":"2026-01-02T03:04:05+00:00"}]""";
        await using var service = await FakeService.StartAsync(app => app.MapGet("/slug/apps/hello/hooks/github/deliveries", () => Results.Text(deliveries, "application/json")));
        Assert.That((await service.InvokeAsync("hooks", "hello", "deliveries", "github")).Output.Split('\n')[1], Does.Match("72d3162e +95790bf8 +succeeded +success +Released v3$"));
    }

    [TestCase("hooks")]
    [TestCase("hooks hello add")]
    [TestCase("hooks hello add github")]
    [TestCase("hooks hello remove")]
    public async Task Should_need_what_to_set(string line) =>
        Assert.That((await Invocation.OfAsync(line.Split(' '))).ExitCode, Is.EqualTo(ExitCode.UsageError));
}
