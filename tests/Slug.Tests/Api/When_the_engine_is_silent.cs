using System.Net;
using System.Text.Json;
using Slug.Tests.Dashboard;
using Slug.Tokens;

namespace Slug.Tests.Api;

[CancelAfter(60_000)]
internal sealed class When_the_engine_is_silent
{
    private DashboardScene scene = null!;
    private string token = "";

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        scene = await DashboardScene.StartAsync();
        token = await scene.Service.TokenAsync(new("operator", null, new HashSet<Scope> { Scope.Admin }), CancellationToken.None);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await scene.DisposeAsync();

    [TestCase("/slug/apps/mine/launch")]
    [TestCase("/slug/builds/mine/capsule")]
    public async Task Should_be_said_by_what_needs_it(string path, CancellationToken cancellationToken)
    {
        using var response = await scene.Service.SendAsync("GET", path, token, cancellationToken);
        Assert.That((response.StatusCode, response.Content.Headers.ContentType?.MediaType), Is.EqualTo((HttpStatusCode.ServiceUnavailable, "application/problem+json")));
        Assert.That(JsonElement.Parse(await response.Content.ReadAsStringAsync(cancellationToken)).GetProperty("code").GetString(), Is.EqualTo("SLUG7001"));
    }
}
