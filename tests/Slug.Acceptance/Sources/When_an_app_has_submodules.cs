namespace Slug.Acceptance.Sources;

[Parallelizable]
public class When_an_app_has_submodules
{
    private const string Script = "cat lib/lib.txt";

    [Test, CancelAfter(120_000)]
    public async Task Should_build_with_one_that_is_another_app(CancellationToken cancellationToken)
    {
        var library = Slugs.NewName();
        using var lib = await LibraryAsync("from the neighbour", cancellationToken);
        await lib.PushAsync(Slugs.Scripted, library, cancellationToken);
        using var app = await Slugs.AppThatAsync(Script, cancellationToken);
        await AddAsync(app, $"../{library}.git", lib, cancellationToken);

        var push = await app.PushAsync(Slugs.Scripted, Slugs.NewName(), cancellationToken);

        Assert.That(push.Output, Does.Contain($"Submodule 'lib' at").And.Contains($"of app '{library}'").And.Contains("from the neighbour").And.Contains("Released v1"));
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_answer_in_the_words_of_the_sample_s_library(CancellationToken cancellationToken)
    {
        var (app, library) = (Slugs.NewName(), Slugs.NewName());
        using var words = await GitFolder.OfSampleAsync("submodule-hello/library", cancellationToken);
        Assert.That((await words.PushAsync(Slugs.Real, library, cancellationToken, "HEAD:shared")).ExitCode, Is.Zero);
        using var folder = await GitFolder.OfSampleAsync("submodule-hello/app", cancellationToken);
        await folder.GitAsync(cancellationToken, "remote", "add", "origin", Slugs.Real.RemoteOf(app));
        var added = await folder.GitAsync(cancellationToken, "submodule", "add", "-b", "shared", $"../{library}.git", "greeting");
        Assert.That(added.ExitCode, Is.Zero, added.Output);
        await folder.CommitAsync(new Dictionary<string, string>(), cancellationToken);

        var push = await folder.GitAsync(cancellationToken, "push", "origin", "main");

        Assert.That(push.Output, Does.Contain("Submodule 'greeting' at").And.Contains($"of app '{library}'").And.Contains("Released v1"));
        await using var running = RunningApp.Start(Slugs.Real, app);
        Assert.That(await running.AnswerAsync("/", cancellationToken), Does.Contain("Hello").And.Contains("in the library's words"));
        await running.StopAsync(cancellationToken);
        Assert.That((await Slugs.Real.SlugAsync(cancellationToken, "verify", app)).Output, Does.Contain("Identical: sha256:"));
    }

    [Test, CancelAfter(180_000)]
    public async Task Should_fetch_one_by_http_with_credentials_where_the_operator_allows_the_host(CancellationToken cancellationToken)
    {
        var library = Slugs.NewName();
        using var lib = await LibraryAsync("from another host", cancellationToken);
        await lib.PushAsync(Slugs.Scripted, library, cancellationToken);
        await using var allowing = await Installation.StartAsync(["--buildpacks", Slugs.ScriptBuildpacks, "--fetch-allow", "127.0.0.0/8"], cancellationToken);
        var netrc = Path.Combine(allowing.Data, "netrc");
        await File.WriteAllTextAsync(netrc, $"machine {new Uri(Slugs.Scripted.Url).Host}\nlogin git\npassword {Slugs.Scripted.Token}\n", cancellationToken);
        File.SetUnixFileMode(netrc, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using var app = await Slugs.AppThatAsync(Script, cancellationToken);
        await AddAsync(app, $"{Slugs.Scripted.Url}/{library}.git", lib, cancellationToken);

        var push = await app.PushAsync(allowing, Slugs.NewName(), cancellationToken);

        Assert.That(push.Output, Does.Contain("from another host").And.Contains("Released v1"));
        Assert.That(push.Output + allowing.Service.Output, Does.Not.Contain(Slugs.Scripted.Token));
    }

    [TestCase("../no-such-app.git", "there is no app 'no-such-app'")]
    [TestCase("http://127.0.0.1:1/lib.git", "--fetch-allow")]
    [TestCase("file:///etc", "is not fetched")]
    [CancelAfter(60_000)]
    public async Task Should_name_one_that_cannot_be_had(string url, string because, CancellationToken cancellationToken)
    {
        using var lib = await LibraryAsync("unreachable", cancellationToken);
        using var app = await Slugs.AppThatAsync(Script, cancellationToken);
        await AddAsync(app, url, lib, cancellationToken);

        var push = await app.PushAsync(Slugs.Scripted, Slugs.NewName(), cancellationToken);

        Assert.That(push.ExitCode, Is.Not.Zero);
        Assert.That(push.Output, Does.Contain("SLUG231").And.Contains("submodule 'lib'").And.Contains(because));
    }

    private static Task<GitFolder> LibraryAsync(string content, CancellationToken cancellationToken) =>
        GitFolder.OfAsync(
            new Dictionary<string, string> { ["lib.txt"] = content + "\n", ["compile.sh"] = "true", ["Procfile"] = "web: sleep infinity\n" }, cancellationToken);

    /// <summary>What <c>git submodule add</c> commits, by a URL of our choice.</summary>
    private static async Task AddAsync(GitFolder app, string url, GitFolder library, CancellationToken cancellationToken)
    {
        var head = (await library.GitAsync(cancellationToken, "rev-parse", "HEAD")).Output.Trim();
        await app.GitAsync(cancellationToken, "config", "-f", ".gitmodules", "submodule.lib.path", "lib");
        await app.GitAsync(cancellationToken, "config", "-f", ".gitmodules", "submodule.lib.url", url);
        await app.GitAsync(cancellationToken, "add", ".gitmodules");
        await app.GitAsync(cancellationToken, "update-index", "--add", "--cacheinfo", $"160000,{head},lib");
        await app.GitAsync(cancellationToken, "commit", "--quiet", "--message=submodule");
    }
}
