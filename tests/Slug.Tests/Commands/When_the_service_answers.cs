using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Slug.Commands;

namespace Slug.Tests.Commands;

[CancelAfter(60_000)]
internal sealed class When_the_service_answers
{
    private const string App = """{"name":"hello","createdAt":"2026-01-02T03:04:05Z","release":2,"lastBuildStatus":"succeeded"}""";

    [Test]
    public async Task Should_show_lists_as_tables()
    {
        await using var service = await FakeService.StartAsync(app => app.MapGet("/slug/apps", () => Json($"[{App}]")));
        var invocation = await service.InvokeAsync("apps");
        Assert.That(invocation.ExitCode, Is.Zero);
        Assert.That(invocation.Output.Split('\n')[1], Is.EqualTo("hello   v2        succeeded    2026-01-02 03:04:05Z"));
    }

    [Test]
    public async Task Should_show_lists_as_JSON_to_programs()
    {
        await using var service = await FakeService.StartAsync(app => app.MapGet("/slug/apps", () => Json($"[{App}]")));
        var invocation = await service.InvokeAsync("apps", "--json");
        Assert.That(invocation.Output, Does.StartWith("[").And.Contain("\"name\": \"hello\"").And.Contain("\"release\": 2"));
    }

    [Test]
    public async Task Should_keep_the_output_empty_when_a_list_is()
    {
        await using var service = await FakeService.StartAsync(app => app.MapGet("/slug/apps/hello/builds", () => Json("[]")));
        var invocation = await service.InvokeAsync("builds", "hello");
        Assert.That(invocation, Is.EqualTo(new Invocation(0, "", "there are no builds yet; a git push starts one\n")));
    }

    [Test]
    public async Task Should_create_an_app_and_say_where_to_push()
    {
        await using var service = await FakeService.StartAsync(app => app.MapPost("/slug/apps", () => Json(App, 201)));
        var invocation = await service.InvokeAsync("apps", "create", "hello");
        Assert.That(service.Requests, Is.EqualTo(["""POST /slug/apps {"name":"hello"}"""]));
        Assert.That(invocation.Output, Is.EqualTo($"Created hello. Push to it: git push {service.Url}/hello.git main\n"));
    }

    [Test]
    public async Task Should_destroy_only_with_yes_when_there_is_nobody_to_ask()
    {
        await using var service = await FakeService.StartAsync(app => app.MapDelete("/slug/apps/hello", () => Results.NoContent()));
        var asked = await service.InvokeAsync("apps", "destroy", "hello");
        Assert.That(asked.ExitCode, Is.EqualTo(ExitCode.UsageError));
        Assert.That(asked.Error, Does.Contain("SLUG8013").And.Contain("--yes"));
        Assert.That(service.Requests, Is.Empty);
        Assert.That((await service.InvokeAsync("apps", "destroy", "hello", "--yes")).ExitCode, Is.Zero);
        Assert.That(service.Requests, Is.EqualTo(["DELETE /slug/apps/hello"]));
    }

    [Test]
    public async Task Should_send_config_changes_as_one()
    {
        await using var service = await FakeService.StartAsync(app => app.MapPatch("/slug/apps/hello/config", () => Json("""{"B":"2","A":"it's"}""")));
        var invocation = await service.InvokeAsync("config", "hello", "B=2", "--unset", "OLD");
        Assert.That(service.Requests, Is.EqualTo(["""PATCH /slug/apps/hello/config {"OLD":null,"B":"2"}"""]));
        Assert.That(invocation.Output, Is.EqualTo("KEY   VALUE\nA     it's\nB     2\n"));
    }

    [Test]
    public async Task Should_copy_a_log_line_by_line()
    {
        await using var service = await FakeService.StartAsync(app => app.MapGet("/slug/builds/hello/log", () => Results.Text("-----> One\n       two\n")));
        var invocation = await service.InvokeAsync("logs", "hello", "--follow");
        Assert.That(service.Requests, Is.EqualTo(["GET /slug/builds/hello/log?from=0&follow=true"]));
        Assert.That(invocation.Output, Is.EqualTo("-----> One\n       two\n"));
    }

    [Test]
    public async Task Should_begin_a_log_at_any_line()
    {
        await using var service = await FakeService.StartAsync(app => app.MapGet("/slug/builds/hello/log", () => Results.Text("third\n")));
        var invocation = await service.InvokeAsync("logs", "hello", "--from", "3");
        Assert.That(service.Requests, Is.EqualTo(["GET /slug/builds/hello/log?from=2"]));
        Assert.That(invocation.Output, Is.EqualTo("third\n"));
    }

    [Test]
    public async Task Should_say_where_a_log_that_broke_off_goes_on()
    {
        await using var service = await FakeService.StartAsync(app => app.MapGet("/slug/builds/hello/log", async http =>
        {
            http.Response.ContentLength = 1000;
            await http.Response.WriteAsync("one\ntwo\n");
        }));
        var invocation = await service.InvokeAsync("logs", "hello", "--follow");
        Assert.That(invocation.ExitCode, Is.EqualTo(ExitCode.Failure));
        Assert.That(invocation.Error, Does.Contain("SLUG3310").And.Contain("slug logs hello --follow --from 3"));
    }

    [Test]
    public async Task Should_show_and_clear_what_is_kept_between_builds()
    {
        const string caches = """[{"what":"build cache","stack":"bookworm","build":"01938f0a-0000-7000-8000-000000000001","size":12300000,"createdAt":"2026-01-02T03:04:05Z"}]""";
        await using var service = await FakeService.StartAsync(app => app.MapMethods("/slug/apps/hello/cache", ["GET", "DELETE"], () => Json(caches)));
        Assert.That((await service.InvokeAsync("cache", "hello")).Output, Does.Match("build cache +bookworm +12.3 MB +01938f0a-"));
        Assert.That((await service.InvokeAsync("cache", "hello", "show", "--json")).Output, Does.Contain("\"size\": 12300000"));
        Assert.That((await service.InvokeAsync("cache", "hello", "clear")).Output, Is.EqualTo("Cleared 12.3 MB.\n"));
        Assert.That(service.Requests.Last(), Is.EqualTo("DELETE /slug/apps/hello/cache"));
    }

    [Test]
    public async Task Should_show_what_a_sweep_removed_and_what_it_would()
    {
        const string swept = """[{"kind":"droplets","count":2,"bytes":12300000},{"kind":"builds","count":1,"bytes":0}]""";
        await using var service = await FakeService.StartAsync(app => app.MapPost("/slug/gc", () => Json(swept)));
        Assert.That((await service.InvokeAsync("gc")).Output, Does.Match("^KIND +REMOVED +FREED\ndroplets +2 +12.3 MB\nbuilds +1 +0 B\ntotal +3 +12.3 MB\n$"));
        Assert.That((await service.InvokeAsync("gc", "--dry-run")).Output, Does.StartWith("KIND").And.Contain("WOULD GO"));
        Assert.That((await service.InvokeAsync("gc", "--json")).Output, Does.Contain("\"bytes\": 12300000"));
        Assert.That(service.Requests, Is.EqualTo(["POST /slug/gc", "POST /slug/gc?dryRun=true", "POST /slug/gc"]));
    }

    [Test]
    public async Task Should_take_what_is_typed_for_one_segment_of_a_path()
    {
        const string problem = """{"title":"","detail":"SLUG6001: there is no such app","code":"SLUG6001","status":404}""";
        await using var service = await FakeService.StartAsync(app => app.MapFallback(() => Json(problem, 404, "application/problem+json")));
        await service.InvokeAsync("builds", "../../status");
        Assert.That(service.Requests.Single(), Does.EndWith("/slug/apps/..%2F..%2Fstatus/builds"));
    }

    private static IResult Json(string json, int status = 200, string type = "application/json") => Results.Text(json, type, statusCode: status);
}
