using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Slug.Apps;
using Slug.Content;
using Slug.Droplets;
using Slug.Droplets.Records;
using Slug.Hosting;
using Slug.Pushes;
using Slug.Sources.Blobs;
using Slug.Stacks;
using Slug.Tests.Dashboard;
using Slug.Tests.Engines;
using Slug.Tests.Platform;
using Slug.Tests.Tokens;
using Slug.Tokens;
using Slug.Webhooks.Incoming;
using Slug.Webhooks.Incoming.Forges;
using Slug.Webhooks.Outgoing;
using IncomingDelivery = Slug.Webhooks.Incoming.Delivery;
using IncomingStatus = Slug.Webhooks.Incoming.DeliveryStatus;
using IncomingStore = Slug.Webhooks.Incoming.DeliveryStore;

namespace Slug.Tests.Api;

/// <summary>The service with one of each thing to ask for, and an engine that has the stack's images and a failed build's remains and nothing else.</summary>
internal sealed class ApiScene : IAsyncDisposable
{
    private readonly Dictionary<string, string> words = [];
    private readonly DashboardScene scene;
    private readonly FakeEngine engine;
    private readonly HttpClient client;

    private ApiScene(DashboardScene scene, FakeEngine engine, string token)
    {
        (this.scene, this.engine, Token) = (scene, engine, token);
        client = new() { BaseAddress = scene.Service.Address };
    }

    public RunningService Service => scene.Service;

    /// <summary>The operator's.</summary>
    public string Token { get; }

    public static async Task<ApiScene> StartAsync()
    {
        DashboardScene? scene = null;
        var engine = await FakeEngine.StartAsync(http => AnswerAsync(http, scene), CancellationToken.None);
        scene = await DashboardScene.StartAsync(new KeyValuePair<string, string?>("Engine:Socket", engine.Socket));
        var made = new ApiScene(scene, engine, await scene.Service.TokenAsync(new("operator", null, new HashSet<Scope> { Scope.Admin }), CancellationToken.None));
        await scene.Service.TokenAsync(new("old", null, new HashSet<Scope> { Scope.Read }), CancellationToken.None);
        await made.AppAsync("doomed");
        (made.words["build"], made.words["droplet"]) = ($"{scene.Failed}", $"{scene.Second}");
        await made.RecordAsync();
        await made.CommitAsync();
        await made.WaitAsync();
        await made.HooksAsync();
        return made;
    }

    /// <summary>Sends a request with the token; words in braces are filled in.</summary>
    public async Task<HttpResponseMessage> SendAsync(string method, string path, string? body, string type, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), Fill(path)) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", Token) } };
        if (body == "{archive}")
            (request.Content, type) = (new ByteArrayContent(Tarball.Of(("Procfile", "web: true\n"))), "application/gzip");
        else if (body is not null)
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        // What is refused by its length is refused before it is sent.
        request.Headers.ExpectContinue = body?.Length > 1_000_000;
        request.Content?.Headers.ContentType = type.Length == 0 ? null : MediaTypeHeaderValue.Parse(type);
        return await client.SendAsync(request, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await scene.DisposeAsync();
        await engine.DisposeAsync();
    }

    private Task<App> AppAsync(string name) => scene.Get<AppStore>().FindOrCreateAsync(AppName.Parse(name), "tests", CancellationToken.None);

    private async Task RecordAsync()
    {
        var droplet = (await scene.Get<DropletStore>().FindAsync(scene.Second, CancellationToken.None))!;
        await scene.Get<Database>().WriteAsync(
            db =>
            {
                DropletRecords.Add(db, Record(droplet));
                return true;
            },
            CancellationToken.None);
    }

    private DropletRecord Record(Droplet droplet) => new()
    {
        Build = Guid.CreateVersion7(),
        AppId = scene.App.Id,
        App = "mine",
        Droplet = droplet.Digest,
        Manifest = droplet.Manifest,
        Source = new() { Tree = new('d', 40), Commit = new('c', 40), Branch = "main", Folder = ".", LargeFilesOf = [] },
        // Of images that the engine has no more.
        Stack = new("bookworm", Digest.Of("old build"u8), Digest.Of("old run"u8), "heroku-24"),
        Builder = Digest.Of([]),
        Slug = Program.Version,
        Buildpacks = [new() { Name = "nodejs", Digest = Digest.Of("nodejs"u8), InSource = false, Compiled = true }],
        ConfigVars = new Dictionary<string, string>(),
        Environment = new Dictionary<string, string>(),
        Limits = new() { Timeout = TimeSpan.FromMinutes(1), Memory = 1, Cpus = 1, Processes = 1, Droplet = 1, Cache = 1, Network = "none" },
        Uses = new() { Wish = "use", Steps = [] },
        Phases = [new("compile", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, 0)],
        Reports = [],
        Layers = [],
        StartedAt = DateTimeOffset.UnixEpoch,
        FinishedAt = DateTimeOffset.UnixEpoch,
    };

    // A commit of an empty tree: something to test.
    private async Task CommitAsync()
    {
        await scene.Get<Repositories>().FindOrCreateAsync("mine", "tests", CancellationToken.None);
        var repository = Repository.Of(scene.App, scene.Get<DataDirectory>());
        var tree = (await scene.Get<Git>().Command(repository, "hash-object", "-t", "tree", "-w", "/dev/null").RunAsync(CancellationToken.None)).Output.Trim();
        var commit = await scene.Get<Git>().Command(repository, "-c", "user.name=tests", "-c", "user.email=tests@localhost", "commit-tree", tree, "-m", "nothing").RunAsync(CancellationToken.None);
        words["commit"] = commit.Output.Trim();
    }

    // A build that waits for its turn, which is taken.
    private async Task WaitAsync()
    {
        var app = await AppAsync("waits");
        scene.Get<PushTurns>().Enter(app.Id);
        var url = await BuildCases.ShelvedAsync(Service, Tarball.Of(("Procfile", "web: true\n")));
        SourceAddress.TryRead(url, null, _ => true, out var address, out _);
        words["waiting"] = $"{await scene.Get<AskedBuilds>().AskAsync(app, "tests", address!, new() { Url = "https://example.org/source.tgz" }, CancellationToken.None)}";
    }

    private async Task HooksAsync()
    {
        AllForges.TryFind("github", out var forge);
        foreach (var name in (string[])["github", "kept"])
        {
            var hook = new Hook { Id = Guid.CreateVersion7(), App = scene.App, Name = name, Forge = forge!, Branch = "main", Urls = ["https://example.org/me/hello.git"], Secret = HookSecret.Create(), CreatedAt = DateTimeOffset.UnixEpoch };
            await scene.Get<HookStore>().CreateAsync(hook, "tests", CancellationToken.None);
            var delivery = new IncomingDelivery { Id = Guid.CreateVersion7(), HookId = hook.Id, Key = name, Body = "", Status = IncomingStatus.Ignored, Reason = "no push", Address = "", ReceivedAt = DateTimeOffset.UnixEpoch, FinishedAt = DateTimeOffset.UnixEpoch };
            await scene.Get<IncomingStore>().AddAsync(hook, delivery, CancellationToken.None);
        }

        var webhook = (await scene.Get<WebhookStore>().CreateAsync(scene.App, new("https://127.0.0.1:9/", null, null, [Slug.Webhooks.Outgoing.Notice.Build], WebhookLevel.Notify), "tests", CancellationToken.None))!;
        (words["webhook"], words["delivery"]) = ($"{webhook.Id}", $"{await scene.Get<WebhookStore>().TestAsync(scene.App, webhook, "tests", CancellationToken.None)}");
    }

    private string Fill(string text) => words.Aggregate(text, (filled, word) => filled.Replace($"{{{word.Key}}}", word.Value, StringComparison.Ordinal));

    private static Task AnswerAsync(HttpContext http, DashboardScene? scene)
    {
        if (scene is null)
            return AbsentAsync(http);
        var definition = scene.Get<StackCatalog>().Find("bookworm");
        var digest = definition.DigestWith(definition.HostDotnetSdk ? DotnetSdk.VersionHere() : null);
        var images = http.Request.QueryString.Value!.Contains("slug.capsule", StringComparison.Ordinal)
            ? new JsonArray(Image("capsule", new Dictionary<string, string> { ["slug.capsule"] = $"{scene.Failed}", ["slug.capsule.app"] = "mine", ["slug.capsule.phase"] = "compile", ["slug.capsule.base"] = "1" }, "run"))
            : new JsonArray(Image("run", StackLabels.ForRun(definition, digest).ToDictionary(), "run"), Image("build", StackLabels.ForBuild(definition, digest).ToDictionary(), "run", "more"));
        var path = http.Request.Path.Value!;
        var named = path.EndsWith("/images/json", StringComparison.Ordinal) ? images : images.FirstOrDefault(image => path.EndsWith($"/images/{image!["Id"]}/json", StringComparison.Ordinal));
        return named is null ? AbsentAsync(http) : http.Response.WriteAsync(named.ToJsonString());
    }

    private static Task AbsentAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return http.Response.WriteAsync("""{"message":"it is not there"}""");
    }

    private static JsonObject Image(string name, IReadOnlyDictionary<string, string> labels, params string[] layers) => new()
    {
        ["Id"] = DigestOf(name),
        ["Size"] = 7,
        ["Labels"] = JsonSerializer.SerializeToNode(labels),
        ["RootFS"] = new JsonObject { ["Layers"] = new JsonArray([.. layers.Select(layer => (JsonNode)DigestOf(layer))]) },
    };

    private static string DigestOf(string name) => Digest.Of(Encoding.UTF8.GetBytes(name)).ToString();
}
