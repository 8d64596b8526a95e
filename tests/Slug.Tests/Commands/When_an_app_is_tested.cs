using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Slug.Api;
using Slug.Commands;

namespace Slug.Tests.Commands;

[CancelAfter(60_000)]
internal sealed class When_an_app_is_tested
{
    [TestCase("0", 0)]
    [TestCase("7", 7)]
    public async Task Should_show_the_log_and_end_as_the_tests_do(string told, int exitCode)
    {
        await using var service = await FakeService.StartAsync(app => app.MapPost("/slug/apps/hello/tests", http => AnswerAsync(http, told)));
        var invocation = await service.InvokeAsync("ci", "hello", "--commit", "1a2b3c4");
        Assert.That(invocation, Is.EqualTo(new Invocation(exitCode, "-----> Testing\nok\n", "")));
        Assert.That(service.Requests, Is.EqualTo((string[])["POST /slug/apps/hello/tests?commit=1a2b3c4"]));
    }

    [Test]
    public async Task Should_be_a_failure_where_the_tests_did_not_run_to_their_end()
    {
        await using var service = await FakeService.StartAsync(app => app.MapPost("/slug/apps/hello/tests", http => AnswerAsync(http, null)));
        Assert.That((await service.InvokeAsync("ci", "hello")).ExitCode, Is.EqualTo(ExitCode.UserError));
    }

    private static async Task AnswerAsync(HttpContext http, string? exitCode)
    {
        await http.Response.WriteAsync("-----> Testing\nok\n");
        if (exitCode is not null)
            await http.Response.WriteAsync($"{LogAnswer.EndMark}{exitCode}\n");
    }
}
