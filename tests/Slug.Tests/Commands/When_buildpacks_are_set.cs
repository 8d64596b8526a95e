using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Slug.Commands;

namespace Slug.Tests.Commands;

[CancelAfter(60_000)]
internal sealed class When_buildpacks_are_set
{
    private const string Route = "/slug/apps/hello/buildpacks";

    [TestCase("buildpacks hello set nodejs ./own", """PUT /slug/apps/hello/buildpacks ["nodejs","./own"]""")]
    [TestCase("buildpacks hello add nodejs", """POST /slug/apps/hello/buildpacks ["nodejs"]""")]
    [TestCase("buildpacks hello remove https://a.example/b#v1", "DELETE /slug/apps/hello/buildpacks?buildpack=https%3A%2F%2Fa.example%2Fb%23v1")]
    [TestCase("buildpacks hello clear", "PUT /slug/apps/hello/buildpacks []")]
    [TestCase("buildpacks hello", "GET /slug/apps/hello/buildpacks")]
    public async Task Should_ask_the_service_and_show_what_holds_then(string line, string request)
    {
        await using var service = await FakeService.StartAsync(app => app.Map(Route, () => Results.Text("""["nodejs","./own"]""", "application/json")));
        var invocation = await service.InvokeAsync(line.Split(' '));
        Assert.That(invocation.Error, Is.Empty);
        Assert.That(service.Requests, Is.EqualTo((string[])[request]));
        Assert.That(invocation.Output, Is.EqualTo("BUILDPACK\nnodejs\n./own\n"));
    }

    [Test]
    public async Task Should_say_who_chooses_when_none_is_set()
    {
        await using var service = await FakeService.StartAsync(app => app.MapGet(Route, () => Results.Text("[]", "application/json")));
        Assert.That((await service.InvokeAsync("buildpacks", "hello")).Error, Does.Contain("app.json"));
        Assert.That((await service.InvokeAsync("buildpacks", "hello", "--json")).Output.Trim(), Is.EqualTo("[]"));
    }

    [TestCase("buildpacks hello set")]
    [TestCase("buildpacks hello remove")]
    [TestCase("buildpacks")]
    public async Task Should_need_what_to_set(string line) =>
        Assert.That((await Invocation.OfAsync(line.Split(' '))).ExitCode, Is.EqualTo(ExitCode.UsageError));
}
