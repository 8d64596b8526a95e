using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Slug.Apps;
using Slug.Tests.Tokens;
using Slug.Tokens;

namespace Slug.Tests.Webhooks.Incoming;

/// <summary>A service with one app, to which forges may send.</summary>
internal abstract class HookSituation
{
    /// <summary>No such machine is asked: it is not a public one.</summary>
    protected const string Repository = "https://127.0.0.1:9/me/hello.git";

    protected const string Main = "refs/heads/main";
    protected const string Commit = "95790bf891e76fee5e1747ab589903a6a1f80f22";

    private RunningService service = null!;
    private HttpClient client = null!;
    private string token = "";

    protected RunningService Service => service;

    protected HttpClient Client => client;

    /// <summary>Of the service.</summary>
    protected virtual IEnumerable<KeyValuePair<string, string?>> Settings => [];

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        service = await RunningService.StartAsync(CancellationToken.None, Settings);
        await service.Services.GetRequiredService<AppStore>().FindOrCreateAsync(AppName.Parse("hello"), "tests", CancellationToken.None);
        token = await service.TokenAsync(new("setter", null, new HashSet<Scope> { Scope.Read, Scope.Config }), CancellationToken.None);
        client = new() { BaseAddress = service.Address };
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        client.Dispose();
        await service.DisposeAsync();
    }

    /// <summary>Makes a hook of a name that no other test uses.</summary>
    protected async Task<MadeHook> HookAsync(Sender sender, CancellationToken cancellationToken, string url = Repository, string app = "hello", string? token = null)
    {
        var name = $"hook-{Guid.NewGuid():N}"[..20];
        var asked = new JsonObject { ["forge"] = sender.Forge, ["name"] = name, ["urls"] = new JsonArray(url), ["login"] = token is null ? null : "git", ["token"] = token };
        using var response = await AskAsync(HttpMethod.Post, $"/slug/apps/{app}/hooks", asked, cancellationToken);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        var made = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!;
        return new(name, made["hook"]!["path"]!.GetValue<string>(), made["secret"]!.GetValue<string>());
    }

    protected async Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new("Bearer", token);
        return await client.SendAsync(request, cancellationToken);
    }

    /// <summary>Sends what a forge would, and gives the status and what it is told.</summary>
    protected async Task<Told> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        using (var response = await client.SendAsync(request, cancellationToken))
            return new(response.StatusCode, (await response.Content.ReadAsStringAsync(cancellationToken)).TrimEnd('\n'));
    }

    protected async Task<JsonArray> DeliveriesAsync(MadeHook hook, CancellationToken cancellationToken)
    {
        using var response = await AskAsync(HttpMethod.Get, $"/slug/apps/{hook.Path.Split('/')[2]}/hooks/{hook.Name}/deliveries", null, cancellationToken);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!.AsArray();
    }

    /// <summary>The newest delivery, once it has ended.</summary>
    protected async Task<JsonNode> EndedAsync(MadeHook hook, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            if ((await DeliveriesAsync(hook, cancellationToken))[0] is { } delivery && delivery["finishedAt"] is not null)
                return delivery;
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    protected sealed record MadeHook(string Name, string Path, string Secret);

    protected sealed record Told(HttpStatusCode Status, string Text);
}
