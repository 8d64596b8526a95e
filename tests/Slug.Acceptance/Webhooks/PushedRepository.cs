using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Slug.Acceptance.Webhooks;

/// <summary>A repository at a git server, which another installation is here, and an app that a hook builds from it.</summary>
internal sealed class PushedRepository : IDisposable
{
    /// <summary>There only stored: what is pushed as main would be built at the server too.</summary>
    private const string Branch = "shared";

    private readonly HttpClient client = new();
    private readonly Installation slug;
    private readonly GitFolder folder;
    private string secret = "";

    private PushedRepository(Installation slug, GitFolder folder) => (this.slug, this.folder) = (slug, folder);

    public string App { get; } = Slugs.NewName();

    private string Name { get; } = Slugs.NewName();

    private string Url => $"{Slugs.Scripted.Url}/{Name}.git";

    public static async Task<PushedRepository> CreateAsync(Installation slug, ForgeApi forge, string script, CancellationToken cancellationToken)
    {
        var repository = new PushedRepository(slug, await Slugs.AppThatAsync(script, cancellationToken));
        await slug.SlugAsync(cancellationToken, "apps", "create", repository.App);
        var made = await slug.SlugAsync(
            Slugs.Scripted.Token + "\nstatus-token\n", cancellationToken,
            "hooks", repository.App, "add", "github", "--url", repository.Url, "--branch", Branch, "--login", "git", "--token", "-", "--status-token", "-", "--api", forge.Url, "--json");
        Assert.That(made.ExitCode, Is.Zero, made.Output);
        repository.secret = (string)JsonNode.Parse(made.Output)!["secret"]!;
        return repository;
    }

    /// <summary>Commits another script where one is given, and pushes to the git server. Gives the commit.</summary>
    public async Task<string> PushAsync(string? script, CancellationToken cancellationToken)
    {
        if (script is not null)
            await folder.CommitAsync(new Dictionary<string, string> { ["compile.sh"] = script }, cancellationToken);
        Assert.That((await folder.PushAsync(Slugs.Scripted, Name, cancellationToken, $"HEAD:{Branch}")).ExitCode, Is.Zero);
        return (await folder.GitAsync(cancellationToken, "rev-parse", "HEAD")).Output.Trim();
    }

    /// <summary>Commits a file by git-lfs, and a submodule that lies beside the repository, and pushes both, the submodule first. Gives the commit.</summary>
    public async Task<string> PushMoreAsync(string large, string script, bool withFiles, CancellationToken cancellationToken)
    {
        using var library = await GitFolder.OfAsync(new Dictionary<string, string> { ["lib.txt"] = "from the library" }, cancellationToken);
        var name = Slugs.NewName();
        Assert.That((await library.PushAsync(Slugs.Scripted, name, cancellationToken, $"HEAD:{Branch}")).ExitCode, Is.Zero);
        Assert.That((await folder.GitAsync(cancellationToken, "lfs", "install", "--local")).ExitCode, Is.Zero, "install git-lfs: apt-get install git-lfs");
        await folder.GitAsync(cancellationToken, "rm", "--quiet", "--cached", "--ignore-unmatch", "lib");
        await folder.GitAsync(cancellationToken, "config", "-f", ".gitmodules", "submodule.lib.path", "lib");
        await folder.GitAsync(cancellationToken, "config", "-f", ".gitmodules", "submodule.lib.url", $"../{name}.git");
        await folder.CommitAsync(new Dictionary<string, string> { [".gitattributes"] = "*.dat filter=lfs -text\n", ["large.dat"] = large, ["compile.sh"] = script }, cancellationToken);
        var head = (await library.GitAsync(cancellationToken, "rev-parse", "HEAD")).Output.Trim();
        await folder.GitAsync(cancellationToken, "update-index", "--add", "--cacheinfo", $"160000,{head},lib");
        await folder.GitAsync(cancellationToken, "commit", "--quiet", "--amend", "--no-edit");
        string[] more = withFiles ? [] : ["--no-verify"];
        Assert.That((await folder.PushAsync(Slugs.Scripted, Name, cancellationToken, [.. more, $"HEAD:{Branch}"])).ExitCode, Is.Zero);
        return (await folder.GitAsync(cancellationToken, "rev-parse", "HEAD")).Output.Trim();
    }

    /// <summary>Sends the webhook of a push, as GitHub does.</summary>
    public async Task<HttpStatusCode> SendAsync(string commit, string delivery, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"ref":"refs/heads/{{Branch}}","after":"{{commit}}","repository":{"clone_url":"{{Url}}"} }""");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{slug.Url}/hooks/{App}/github") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("X-GitHub-Event", "push");
        request.Headers.Add("X-GitHub-Delivery", delivery);
        request.Headers.Add("X-Hub-Signature-256", $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body))}");
        using var response = await client.SendAsync(request, cancellationToken);
        return response.StatusCode;
    }

    public async Task<IReadOnlyList<JsonNode>> DeliveriesAsync(CancellationToken cancellationToken) =>
        [.. JsonNode.Parse((await slug.SlugAsync(cancellationToken, "hooks", App, "deliveries", "github", "--json")).Output)!.AsArray().Select(delivery => delivery!)];

    /// <summary>Waits until the delivery stands so, and gives it.</summary>
    public async Task<JsonNode> DeliveryAsync(string key, string status, CancellationToken cancellationToken)
    {
        JsonNode? found = null;
        await Eventually.TrueAsync(
            async () => (found = (await DeliveriesAsync(cancellationToken)).SingleOrDefault(delivery => (string?)delivery["key"] == key && (string?)delivery["status"] == status)) is not null, cancellationToken);
        return found!;
    }

    public Task<ProgramResult> SlugAsync(CancellationToken cancellationToken, params string[] arguments) => slug.SlugAsync(cancellationToken, arguments);

    public void Dispose()
    {
        client.Dispose();
        folder.Dispose();
    }
}
