using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Slug.Commands;

namespace Slug.Tests.Commands;

[CancelAfter(60_000)]
internal sealed class When_the_service_refuses
{
    [TestCase(404, ExitCode.UserError)]
    [TestCase(409, ExitCode.UserError)]
    [TestCase(500, ExitCode.Failure)]
    public async Task Should_say_its_words_and_whose_fault_it_is(int status, int exitCode)
    {
        const string problem = """{"title":"Not found","detail":"SLUG6001: there is no app 'x'","code":"SLUG6001","status":404}""";
        await using var service = await FakeService.StartAsync(app =>
            app.MapGet("/slug/apps/x/releases", () => Results.Text(problem, "application/problem+json", statusCode: status)));
        var invocation = await service.InvokeAsync("releases", "x");
        Assert.That(invocation, Is.EqualTo(new Invocation(exitCode, "", " !     SLUG6001: there is no app 'x'\n")));
    }

    [Test]
    public async Task Should_quote_the_call_where_there_are_no_words()
    {
        await using var service = await FakeService.StartAsync(app => app.MapGet("/slug/status", () => Results.StatusCode(502)));
        var invocation = await service.InvokeAsync("status");
        Assert.That(invocation.ExitCode, Is.EqualTo(ExitCode.Failure));
        Assert.That(invocation.Error, Does.StartWith($" !     SLUG8009: the service answered 'GET {service.Url}/slug/status' with 502"));
    }

    [Test]
    public async Task Should_leave_no_file_of_a_droplet_that_broke_off()
    {
        await using var service = await FakeService.StartAsync(app => app.MapGet("/slug/apps/x/slug.tgz", async http =>
        {
            http.Response.ContentLength = 100;
            await http.Response.WriteAsync("a part of it");
        }));
        using var folder = new ScratchFolder();
        var invocation = await service.InvokeAsync("droplets", "download", "x", "-o", folder.In("slug.tgz"));
        Assert.That(invocation.ExitCode, Is.EqualTo(ExitCode.Failure));
        Assert.That(invocation.Error, Does.StartWith(" !     SLUG8005: "));
        Assert.That(Directory.GetFiles(folder.Path), Is.Empty);
    }

    [Test]
    public async Task Should_put_a_whole_droplet_in_its_place()
    {
        await using var service = await FakeService.StartAsync(app => app.MapGet("/slug/apps/x/slug.tgz", () => Results.Text("all of it")));
        using var folder = new ScratchFolder();
        var invocation = await service.InvokeAsync("droplets", "download", "x", "-o", folder.In("slug.tgz"));
        Assert.That(invocation.Output, Is.EqualTo($"Wrote {folder.In("slug.tgz")}, 9 B.\n"));
        Assert.That(Directory.GetFiles(folder.Path).Select(File.ReadAllText), Is.EqualTo(["all of it"]));
    }
}
