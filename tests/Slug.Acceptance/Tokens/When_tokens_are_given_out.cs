using System.Net;
using System.Net.Http.Headers;

namespace Slug.Acceptance.Tokens;

/// <summary>By the command line, used by git, docker and HTTP. An installation of its own: refused tokens are slowed by address.</summary>
[Parallelizable]
public class When_tokens_are_given_out
{
    private Installation slug = null!;
    private GitFolder folder = null!;

    [OneTimeSetUp]
    public async Task PushAsync()
    {
        using var patience = Slugs.Patience();
        slug = await Installation.StartAsync(["--buildpacks", Slugs.ScriptBuildpacks], patience.Token);
        folder = await Slugs.AppThatAsync("true", patience.Token);
        foreach (var app in (string[])["mine", "other"])
            Assert.That((await folder.PushAsync(slug, app, patience.Token)).Output, Does.Contain("Released v1"));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        folder.Dispose();
        await slug.DisposeAsync();
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_push_with_a_deploy_token_to_its_app_and_no_other(CancellationToken cancellationToken)
    {
        var token = await CreateAsync("ci", cancellationToken, "--app", "mine", "--scope", "deploy", "--scope", "read");
        await folder.CommitAsync(new Dictionary<string, string> { ["round"] = "2" }, cancellationToken);
        Assert.That((await PushAsync("mine", token, cancellationToken)).Output, Does.Contain("Released v2"));
        foreach (var app in (string[])["other", "brand-new"])
            Assert.That(await PushAsync(app, token, cancellationToken), Has.Property("ExitCode").Not.Zero.And.Property("Output").Contains("403"));
        var apps = (await slug.SlugAsync(cancellationToken, "apps", "--json")).Output;
        Assert.That(apps, Does.Not.Contain("brand-new"));
        Assert.That((await slug.SlugAsync(cancellationToken, "events", "--app", "mine")).Output, Does.Match("(?m)^.*  ci +release.created +mine  v2"));
        Assert.That((await slug.SlugAsync(cancellationToken, "tokens")).Output, Does.Match("(?m)^ci +read deploy +mine +.* never +20").And.Not.Contains(token));
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_pull_with_a_read_token_and_push_nowhere(CancellationToken cancellationToken)
    {
        var token = await CreateAsync("reader", cancellationToken, "--app", "mine", "--scope", "read");
        var config = Directory.CreateTempSubdirectory("slug-docker-").FullName;
        var registry = new Uri(slug.Url).Authority;
        Assert.That((await DockerAsync(config, token, cancellationToken, "login", "--username", "any", "--password-stdin", registry)).Output, Does.Contain("Login Succeeded"));
        Assert.That((await DockerAsync(config, "", cancellationToken, "pull", "--quiet", $"{registry}/mine:v1")).ExitCode, Is.Zero);
        Assert.That((await DockerAsync(config, "", cancellationToken, "pull", "--quiet", $"{registry}/other:v1")).Output, Does.Contain("denied").IgnoreCase);
        Assert.That((await DockerAsync(config, "", cancellationToken, "push", $"{registry}/mine:v1")).ExitCode, Is.Not.Zero);
        await DockerAsync(config, "", cancellationToken, "rmi", $"{registry}/mine:v1");
        Directory.Delete(config, recursive: true);

        Assert.That((await folder.GitAsync(cancellationToken, "ls-remote", slug.RemoteOf("mine", token))).ExitCode, Is.Zero);
        await folder.CommitAsync(new Dictionary<string, string> { ["round"] = "3" }, cancellationToken);
        Assert.That(await PushAsync("mine", token, cancellationToken), Has.Property("ExitCode").Not.Zero.And.Property("Output").Contains("403"));
        Assert.That(await StatusAsync("slug/apps/mine/config", token, cancellationToken), Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_refuse_one_that_has_run_out_or_was_taken_back_at_every_door(CancellationToken cancellationToken)
    {
        var brief = await CreateAsync("brief", cancellationToken, "--scope", "read", "--scope", "deploy", "--expires", "1s");
        var taken = await CreateAsync("taken", cancellationToken, "--scope", "read", "--scope", "deploy");
        Assert.That(await StatusAsync("slug/apps", taken, cancellationToken), Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await slug.SlugAsync(cancellationToken, "tokens", "revoke", "taken")).ExitCode, Is.Zero);
        await Eventually.TrueAsync(async () => (await slug.SlugAsync(cancellationToken, "tokens", "--json")).Output.Contains("brief", StringComparison.Ordinal) && await HasRunOutAsync(cancellationToken), cancellationToken);
        foreach (var token in (string[])[brief, taken])
        {
            foreach (var path in (string[])["slug/apps", "v2/", "mine.git/info/refs?service=git-upload-pack"])
                Assert.That(await StatusAsync(path, token, cancellationToken), Is.EqualTo(HttpStatusCode.Unauthorized), path);
            Assert.That((await PushAsync("mine", token, cancellationToken)).ExitCode, Is.Not.Zero);
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_leave_the_operator_s_own_as_it_is(CancellationToken cancellationToken)
    {
        var own = (await slug.SlugAsync(cancellationToken, "token")).Output.Trim();
        Assert.That(own, Is.EqualTo(slug.Token));
        Assert.That((await slug.SlugAsync(cancellationToken, "tokens", "revoke", "admin")).Output, Does.Contain("SLUG6015"));
        Assert.That(await StatusAsync("slug/tokens", own, cancellationToken), Is.EqualTo(HttpStatusCode.OK), "after all the wrong ones from this address");
    }

    private async Task<string> CreateAsync(string name, CancellationToken cancellationToken, params string[] more)
    {
        var made = await slug.SlugAsync(cancellationToken, ["tokens", "create", name, .. more]);
        Assert.That(made.Output.Trim(), Does.Match(@"^slg_[A-Za-z0-9_-]{43}\z"));
        return made.Output.Trim();
    }

    private async Task<bool> HasRunOutAsync(CancellationToken cancellationToken)
    {
        using var tokens = System.Text.Json.JsonDocument.Parse((await slug.SlugAsync(cancellationToken, "tokens", "--json")).Output);
        return tokens.RootElement.EnumerateArray().Single(token => token.GetProperty("name").GetString() == "brief").GetProperty("expiresAt").GetDateTimeOffset() < TimeProvider.System.GetUtcNow();
    }

    private Task<ProgramResult> PushAsync(string app, string token, CancellationToken cancellationToken) =>
        folder.GitAsync(cancellationToken, "push", slug.RemoteOf(app, token), "main");

    private static async Task<ProgramResult> DockerAsync(string config, string input, CancellationToken cancellationToken, params string[] arguments)
    {
        await using var docker = RunningProgram.Start("docker", arguments, environment: new Dictionary<string, string> { ["DOCKER_CONFIG"] = config }, input: input);
        return await docker.EndAsync(cancellationToken);
    }

    private async Task<HttpStatusCode> StatusAsync(string path, string token, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = new($"{slug.Url}/"), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        using var response = await client.GetAsync(path, cancellationToken);
        return response.StatusCode;
    }
}
