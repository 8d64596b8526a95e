using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Slug.Api;

namespace Slug.Tests.Commands;

[CancelAfter(60_000)]
internal sealed class When_a_droplet_is_verified
{
    private const string Log = "-----> Making it again\n       a detail\nnpm says much\n-----> Packing\n";

    [TestCase("identical", 0)]
    [TestCase("different", 1)]
    [TestCase("unverifiable", 3)]
    public async Task Should_show_the_headings_and_end_as_the_comparison_did(string verdict, int exitCode)
    {
        await using var service = await FakeService.StartAsync(app => app.MapPost("/slug/verifications", http => AnswerAsync(http, verdict)));
        Assert.That(await service.InvokeAsync("verify", "hello"), Is.EqualTo(new Invocation(exitCode, "-----> Making it again\n-----> Packing\n", "")));
        Assert.That(service.Requests, Is.EqualTo((string[])["POST /slug/verifications?of=hello"]));
    }

    [Test]
    public async Task Should_show_all_of_the_log_to_who_asks_for_it()
    {
        await using var service = await FakeService.StartAsync(app => app.MapPost("/slug/verifications", http => AnswerAsync(http, "identical")));
        Assert.That((await service.InvokeAsync("verify", "hello", "--verbose")).Output, Is.EqualTo(Log));
    }

    [Test]
    public async Task Should_be_one_report_for_programs()
    {
        await using var service = await FakeService.StartAsync(app => app.MapPost("/slug/verifications", http => AnswerAsync(http, "different")));
        var invocation = await service.InvokeAsync("verify", "hello", "--json");
        Assert.That(invocation.ExitCode, Is.EqualTo(1));
        Assert.That(invocation.Output, Does.StartWith("{").And.Contain("\"verdict\": \"different\"").And.Not.Contain("-----> "));
    }

    [Test]
    public async Task Should_never_be_taken_for_a_difference_where_the_service_refuses()
    {
        await using var service = await FakeService.StartAsync(app => app.MapPost("/slug/verifications", () => Problems.NotFound("SLUG4151", "there is none")));
        Assert.That(await service.InvokeAsync("verify", "hello"), Is.EqualTo(new Invocation(3, "", " !     SLUG4151: there is none\n")));
    }

    [Test]
    public async Task Should_be_a_failure_where_the_service_went_away()
    {
        await using var service = await FakeService.StartAsync(app => app.MapPost("/slug/verifications", http => AnswerAsync(http, null)));
        var invocation = await service.InvokeAsync("verify", "hello");
        Assert.That(invocation.ExitCode, Is.EqualTo(70));
        Assert.That(invocation.Error, Does.Contain("SLUG4189"));
    }

    private static async Task AnswerAsync(HttpContext http, string? verdict)
    {
        await http.Response.WriteAsync(Log);
        if (verdict is not null)
            await http.Response.WriteAsync($$"""{{LogAnswer.EndMark}}{"build":"{{Guid.Empty}}","app":"hello","droplet":"sha256:{{new string('0', 64)}}","verdict":"{{verdict}}"}""" + "\n");
    }
}
