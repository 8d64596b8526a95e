using System.Net;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Slug.Apps;
using Slug.Hosting;
using Slug.Tests.Tokens;
using Slug.Tokens;

namespace Slug.Tests.Api;

/// <summary>Of a service whose engine does not answer; with one it is asked in the acceptance tests.</summary>
[CancelAfter(60_000)]
internal sealed class When_readiness_is_asked_for
{
    private RunningService service = null!;

    [SetUp]
    public async Task StartAsync() => service = await RunningService.StartAsync(CancellationToken.None);

    [TearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task Should_live_and_say_what_a_push_would_miss(CancellationToken cancellationToken)
    {
        Assert.That(await service.StatusAsync("GET", "/healthz", null, cancellationToken), Is.EqualTo(HttpStatusCode.OK));
        var (status, body) = await AskAsync(null, cancellationToken);
        Assert.That(status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(body.GetProperty("ready").GetBoolean(), Is.False);
        Assert.That(Reasons(body), Is.EqualTo((string[])["engine SLUG6351", "stack SLUG6352"]));
    }

    [Test]
    public async Task Should_tell_nobody_paths_and_versions_who_may_not_read_all_apps(CancellationToken cancellationToken)
    {
        var app = await service.Services.GetRequiredService<AppStore>().FindOrCreateAsync(AppName.Parse("mine"), "tests", cancellationToken);
        var root = service.Services.GetRequiredService<DataDirectory>().Root;
        foreach (var token in (string?[])[null, "slg_none", await TokenAsync("app", app.Name, Scope.Read), await TokenAsync("deploy", null, Scope.Deploy)])
        {
            var told = (await AskAsync(token, cancellationToken)).Body.GetRawText();
            Assert.That(told, Does.Not.Contain(root).And.Not.Contains(Program.Version).And.Not.Contains("detail").And.Not.Contains("no-engine.sock"));
        }

        var (_, body) = await AskAsync(await TokenAsync("operator", null, Scope.Read), cancellationToken);
        Assert.That((body.GetProperty("version").GetString(), body.GetProperty("data").GetString()), Is.EqualTo((Program.Version, root)));
        Assert.That(Check(body, "disk").GetProperty("detail").GetString(), Does.EndWith(" free"));
    }

    [Test]
    public async Task Should_say_that_the_intake_is_closed(CancellationToken cancellationToken)
    {
        var intake = service.Services.GetRequiredService<Intake>();
        intake.Close();
        Assert.That(Reasons((await AskAsync(null, cancellationToken)).Body), Does.Contain("intake SLUG6355"));
        intake.Open();
        Assert.That(Reasons((await AskAsync(null, cancellationToken)).Body), Does.Not.Contain("intake SLUG6355"));
    }

    [Test]
    public async Task Should_say_that_the_service_is_stopping(CancellationToken cancellationToken)
    {
        service.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        Assert.That(Reasons((await AskAsync(null, cancellationToken)).Body), Does.Contain("service SLUG6356"));
    }

    [Test]
    public async Task Should_say_that_the_database_takes_no_writes(CancellationToken cancellationToken)
    {
        await service.Services.GetRequiredService<Database>().ReadAsync(db => db.Execute("pragma query_only=on"), cancellationToken);
        Assert.That(Reasons((await AskAsync(null, cancellationToken)).Body), Does.Contain("database SLUG6353"));
        await service.Services.GetRequiredService<Database>().ReadAsync(db => db.Execute("pragma query_only=off"), cancellationToken);
    }

    [Test]
    public async Task Should_say_that_the_disk_has_no_room_for_a_droplet(CancellationToken cancellationToken)
    {
        await using var large = await RunningService.StartAsync(cancellationToken, new Dictionary<string, string?> { ["Builds:SlugLimit"] = $"{long.MaxValue}" });
        using var response = await large.SendAsync("GET", "/readyz", null, cancellationToken);
        Assert.That(await response.Content.ReadAsStringAsync(cancellationToken), Does.Match("SLUG6354: .+ of disk are free, a droplet may need "));
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> AskAsync(string? token, CancellationToken cancellationToken)
    {
        using var response = await service.SendAsync("GET", "/readyz", token, cancellationToken);
        return (response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync(cancellationToken)));
    }

    private static IEnumerable<string> Reasons(JsonElement body) =>
        from check in body.GetProperty("checks").EnumerateArray()
        where !check.GetProperty("ok").GetBoolean()
        select $"{check.GetProperty("name").GetString()} {check.GetProperty("reason").GetString()![..8]}";

    private static JsonElement Check(JsonElement body, string name) =>
        body.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString() == name);

    private Task<string> TokenAsync(string name, AppName? app, Scope scope) =>
        service.TokenAsync(new(name, app, new HashSet<Scope> { scope }), CancellationToken.None);
}
