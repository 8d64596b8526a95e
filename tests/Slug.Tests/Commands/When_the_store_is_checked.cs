using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Slug.Commands;

namespace Slug.Tests.Commands;

[CancelAfter(60_000)]
internal sealed class When_the_store_is_checked
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private const string Start = """{"files":0,"allFiles":2,"bytes":0,"allBytes":3000}""";
    private const string Whole = """{"files":1,"allFiles":2,"bytes":1000,"allBytes":3000}""";

    private static readonly string found =
        $$$"""{"files":2,"allFiles":2,"bytes":3000,"allBytes":3000,"found":{"kind":"blob","digest":"{{{Digest}}}","path":"/data/blob","gone":true,"uses":[{"whose":"layer of app v1","remedy":"push it again"}]}}""";

    [Test]
    public async Task Should_say_how_much_was_checked_where_all_is_whole()
    {
        await using var service = await FakeService.StartAsync(app => app.MapPost("/slug/fsck", () => Results.Text($"{Start}\n{Whole}\n")));
        Assert.That(await service.InvokeAsync("fsck"), Is.EqualTo(new Invocation(0, "Checked 1 files, 1.0 kB: all whole.\n", "")));
    }

    [Test]
    public async Task Should_name_what_is_damaged_and_fail()
    {
        await using var service = await FakeService.StartAsync(app => app.MapPost("/slug/fsck", () => Results.Text($"{Start}\n{Whole}\n{found}\n")));
        var invocation = await service.InvokeAsync("fsck");
        Assert.That(invocation.ExitCode, Is.EqualTo(ExitCode.Failure));
        Assert.That(invocation.Output, Is.EqualTo($"blob {Digest} is gone: /data/blob\n       layer of app v1\n       make it again: push it again\n"));
        Assert.That(invocation.Error, Does.Contain("SLUG4482: 1 of 2 stored files are damaged"));
    }

    [Test]
    public async Task Should_give_programs_one_document()
    {
        await using var service = await FakeService.StartAsync(app => app.MapPost("/slug/fsck", () => Results.Text($"{Start}\n{Whole}\n{found}\n")));
        var invocation = await service.InvokeAsync("fsck", "--json");
        Assert.That(invocation.ExitCode, Is.EqualTo(ExitCode.Failure));
        using var report = System.Text.Json.JsonDocument.Parse(invocation.Output);
        Assert.That(report.RootElement.GetProperty("files").GetInt32(), Is.EqualTo(2));
        Assert.That(report.RootElement.GetProperty("damaged")[0].GetProperty("digest").GetString(), Is.EqualTo(Digest));
    }

    [Test]
    public async Task Should_not_take_a_check_that_broke_off_for_a_whole_one()
    {
        await using var service = await FakeService.StartAsync(app => app.MapPost("/slug/fsck", async http =>
        {
            http.Response.ContentLength = 1000;
            await http.Response.WriteAsync($"{Start}\n{Whole}\n");
        }));
        Assert.That((await service.InvokeAsync("fsck")).ExitCode, Is.EqualTo(ExitCode.Failure));
    }

    [Test]
    public async Task Should_mark_damaged_droplets_and_releases_in_lists()
    {
        await using var service = await FakeService.StartAsync(app =>
        {
            app.MapGet("/slug/apps/app/droplets", () => Json($$"""[{"digest":"{{Digest}}","stack":"bookworm","size":1,"processes":{},"release":1,"createdAt":"2026-01-02T03:04:05Z","damaged":true}]"""));
            app.MapGet("/slug/apps/app/releases", () => Json($$"""[{"version":1,"droplet":"{{Digest}}","commit":"c0ffee","description":"Deploy","createdAt":"2026-01-02T03:04:05Z","damaged":true}]"""));
        });
        Assert.That((await service.InvokeAsync("droplets", "app")).Output, Does.Match($"{Digest} +v1 +damaged +1 B"));
        Assert.That((await service.InvokeAsync("releases", "app")).Output, Does.Contain("0123456789ab (damaged)"));
    }

    private static IResult Json(string json) => Results.Text(json, "application/json");
}
