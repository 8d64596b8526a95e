using System.Net.Http.Headers;
using System.Text;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Slug.Apps;
using Slug.Buildpacks;
using Slug.Content;
using Slug.Heroku;
using Slug.Hosting;
using Slug.Releases;
using Slug.Tests.Tokens;
using Slug.Tokens;

namespace Slug.Tests.Platform;

/// <summary>The service with apps to ask for: <c>mine</c>, <c>doomed</c>, and one to be renamed.</summary>
internal sealed class PlatformScene : IAsyncDisposable
{
    private readonly Dictionary<string, string> words = [];
    private readonly HttpClient client;
    private readonly string token;

    private PlatformScene(RunningService service, string token)
    {
        (Service, this.token) = (service, token);
        client = new() { BaseAddress = service.Address };
    }

    public RunningService Service { get; }

    public App App { get; private set; } = null!;

    public static async Task<PlatformScene> StartAsync(params IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var service = await RunningService.StartAsync(CancellationToken.None, settings.Append(new("Remotes:Allow", "127.0.0.0/8")));
        var scene = new PlatformScene(service, await service.TokenAsync(new("ann", null, new HashSet<Scope> { Scope.Admin }), CancellationToken.None));
        scene.App = await scene.AppAsync("mine");
        await scene.AppAsync("doomed");
        await scene.ReleaseAsync();
        scene.words["renamed"] = (await scene.AppAsync("old-name")).Id.ToString();
        await WebhookCases.PrepareAsync(scene, scene.words);
        foreach (var (word, value) in await BuildCases.PrepareAsync(scene))
            scene.words[word] = value;
        return scene;
    }

    public Task<App> AppAsync(string name) => Of<AppStore>().FindOrCreateAsync(AppName.Parse(name), "tests", CancellationToken.None);

    public T Of<T>()
        where T : notnull => Service.Services.GetRequiredService<T>();

    /// <summary>Sends a request with the token; words in braces are filled in.</summary>
    public async Task<HttpResponseMessage> SendAsync(string method, string path, string? body, CancellationToken cancellationToken, params string?[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), Fill(path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var header in headers.OfType<string>().Select(header => header.Split(": ", 2)))
            request.Headers.TryAddWithoutValidation(header[0], header[1]);
        if (body is not null)
            request.Content = new StringContent(Fill(body), Encoding.UTF8, "application/json");
        return await client.SendAsync(request, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await Service.DisposeAsync();
    }

    /// <summary>Two releases of <c>mine</c>: v1 of config vars alone, v2 of a droplet; and an app <c>built</c> with a buildpack of its own.</summary>
    private async Task ReleaseAsync()
    {
        await Of<ReleaseStore>().ConfigureAsync(App, new Dictionary<string, string?> { ["GREETING"] = "good day" }, "ann", CancellationToken.None);
        var digest = Digest.Of("droplet"u8);
        await Of<Database>().WriteAsync(
            db => db.Execute(
                """insert into droplets (digest, manifest, processes, stack, size, created_at) values (@digest, @digest, '{"web":"serve"}', 'bookworm', 7, @at)""",
                new { digest, at = DateTimeOffset.UnixEpoch })
                + Of<ReleaseStore>().Create(db, App, digest, new string('c', 40), "Deploy cccccccc", "ann"),
            CancellationToken.None);
        (words["slug"], words["v1"], words["v2"]) = ($"{PlatformId.OfSlug(App.Id, digest.ToString())}", $"{PlatformId.OfRelease(App.Id, 1)}", $"{PlatformId.OfRelease(App.Id, 2)}");
        await Of<AppBuildpacks>().ChangeAsync(await AppAsync("built"), _ => ["./own"], "ann", CancellationToken.None);
    }

    private string Fill(string text) => words.Aggregate(text, (filled, word) => filled.Replace($"{{{word.Key}}}", word.Value, StringComparison.Ordinal));
}
