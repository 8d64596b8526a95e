using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Slug.Apps;
using Slug.Tokens;

namespace Slug.Tests.Tokens;

[CancelAfter(120_000)]
internal sealed partial class When_a_request_carries_a_token
{
    private static readonly AppName mine = AppName.Parse("mine");
    private static readonly AppName other = AppName.Parse("other");

    private RunningService service = null!;

    private static IEnumerable<string> Rules => AccessRules.Table.Keys;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        service = await RunningService.StartAsync(CancellationToken.None);
        var apps = service.Services.GetRequiredService<AppStore>();
        foreach (var name in (AppName[])[mine, other])
            await apps.FindOrCreateAsync(name, "tests", CancellationToken.None);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public void Every_endpoint_that_is_not_open_is_in_the_table_and_the_table_has_no_other()
    {
        // Two doors are sockets of their own.
        var own = service.Endpoints.Where(endpoint => !AccessRules.Open.Contains(endpoint.RoutePattern.RawText!) && !OtherDoors().IsMatch(endpoint.RoutePattern.RawText!)).ToList();
        var keys = own.SelectMany(endpoint => MethodsOf(endpoint).Select(method => $"{method} {endpoint.RoutePattern.RawText}")).Distinct();
        Assert.That(AccessRules.Table.Keys.Select(key => key.Split('?')[0]).Distinct(), Is.EquivalentTo(keys));
    }

    [TestCaseSource(nameof(Rules))]
    public async Task Should_be_refused_without_a_token(string rule, CancellationToken cancellationToken)
    {
        var (method, path) = RequestOf(rule);
        Assert.That(await service.StatusAsync(method, path, null, cancellationToken), Is.EqualTo(RunningService.IsPage(path) ? HttpStatusCode.SeeOther : HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Should_be_refused_with_a_token_that_is_none_before_its_body_is_read(CancellationToken cancellationToken) =>
        Assert.That(await service.StatusAsync("POST", "/slug/apps", "slg_none", cancellationToken), Is.EqualTo(HttpStatusCode.Unauthorized));

    [TestCaseSource(nameof(Rules))]
    public async Task Should_be_refused_with_every_scope_but_the_one_that_opens_it(string rule, CancellationToken cancellationToken)
    {
        if (AccessRules.Table[rule] is not { } needed)
            return;
        var (method, path) = RequestOf(rule);
        foreach (var scope in Enum.GetValues<Scope>().Where(scope => scope != needed && scope != Scope.Admin))
            Assert.That(await service.StatusAsync(method, path, await TokenAsync(null, scope), cancellationToken), Is.EqualTo(HttpStatusCode.Forbidden), $"{scope}");
    }

    [TestCaseSource(nameof(Rules))]
    public async Task Should_be_refused_with_another_app_s_token(string rule, CancellationToken cancellationToken)
    {
        if (AccessRules.Table[rule] is null)
            return;
        var (method, path) = RequestOf(rule);
        Assert.That(await service.StatusAsync(method, path, await TokenAsync(other, Scope.Read, Scope.Deploy, Scope.Config), cancellationToken), Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [TestCase("GET", "/slug/apps/mine/builds", Scope.Read)]
    [TestCase("GET", "/slug/builds/mine", Scope.Read)]
    [TestCase("GET", "/slug/apps/mine/config", Scope.Config)]
    [TestCase("DELETE", "/slug/apps/mine/cache", Scope.Deploy)]
    [TestCase("GET", "/mine.git/info/refs?service=git-upload-pack", Scope.Read)]
    [TestCase("GET", "/mine.git/info/refs?service=git-receive-pack", Scope.Deploy)]
    public async Task Should_come_through_with_its_own_app_s_token(string method, string path, Scope scope, CancellationToken cancellationToken)
    {
        var status = await service.StatusAsync(method, path, await TokenAsync(mine, scope), cancellationToken);
        Assert.That(status, Is.Not.EqualTo(HttpStatusCode.Unauthorized).And.Not.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task Should_see_no_app_but_its_own(CancellationToken cancellationToken)
    {
        using var response = await service.SendAsync("GET", "/slug/apps", await TokenAsync(mine, Scope.Read), cancellationToken);
        Assert.That(await response.Content.ReadAsStringAsync(cancellationToken), Does.Contain("\"mine\"").And.Not.Contains("\"other\""));
    }

    [Test]
    public async Task Should_make_no_app_with_the_token_of_another(CancellationToken cancellationToken)
    {
        var token = await TokenAsync(mine, Scope.Read, Scope.Deploy);
        Assert.That(await service.StatusAsync("GET", "/brand-new.git/info/refs?service=git-receive-pack", token, cancellationToken), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await service.Services.GetRequiredService<AppStore>().FindAsync(AppName.Parse("brand-new"), cancellationToken), Is.Null);
    }

    [Test]
    public async Task Should_be_told_what_the_token_opens_and_what_it_would_have_to(CancellationToken cancellationToken)
    {
        using var response = await service.SendAsync("PATCH", "/slug/apps/mine/config", await TokenAsync(mine, Scope.Read), cancellationToken);
        var detail = JsonElement.Parse(await response.Content.ReadAsStringAsync(cancellationToken)).GetProperty("detail").GetString();
        Assert.That(detail, Does.Match("^SLUG9011: the token 'token-.*' opens read of mine; 'PATCH /slug/apps/mine/config' needs config;"));
    }

    private static (string Method, string Path) RequestOf(string rule)
    {
        var (method, path) = (rule.Split(' ')[0], rule.Split(' ')[1]);
        path = path.Replace("{token}", "nobody", StringComparison.Ordinal).Replace("{oid}", new string('0', 64), StringComparison.Ordinal);
        return (method == "*" ? "POST" : method, Names().Replace(Rest().Replace(path, "x"), "mine"));
    }

    private static IEnumerable<string> MethodsOf(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods.Where(method => method != "HEAD") : ["*"];

    private Task<string> TokenAsync(AppName? app, params Scope[] scopes) =>
        service.TokenAsync(new($"token-{Guid.NewGuid():N}"[..24], app, scopes.ToHashSet()), CancellationToken.None);

    [GeneratedRegex("^/(hook/|builder/)")]
    private static partial Regex OtherDoors();

    [GeneratedRegex(@"\{\*\*\w+\}")]
    private static partial Regex Rest();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Names();
}
