using Microsoft.Extensions.DependencyInjection;
using Slug.Remotes;
using Slug.Sources;
using Slug.Sources.Submodules;
using Slug.Tests.Pushes;
using Slug.Tests.Pushes.LargeFiles;

namespace Slug.Tests.Sources.Submodules;

[CancelAfter(120_000)]
internal sealed class When_a_source_has_submodules : SourceSituation
{
    private GitClient library = null!;

    [SetUp]
    public async Task PushLibrary()
    {
        library = await GitClient.CreateAsync(Host, "lib");
        await library.CommitAsync("lib.txt", "one");
        await library.PushAsync("main");
    }

    [TearDown]
    public void RemoveLibrary() => library.Dispose();

    [Test]
    public async Task A_relative_one_comes_from_another_app()
    {
        await AddAsync(Client, "libs/lib", "../lib.git", library);

        var push = await Client.PushAsync("main");

        Assert.That(push.ExitCode, Is.Zero, push.Error);
        Assert.That(Archived["libs/lib/lib.txt"], Is.EqualTo("one"));
        Assert.That(Archived["README"], Is.EqualTo("hello\n"));
        Assert.That(((SourceResult.Read)Result!).Notes, Is.EqualTo((string[])[$"-----> Submodule 'libs/lib' at {(await library.HeadAsync())[..7]} of app 'lib'"]));
    }

    [Test]
    public async Task Those_of_submodules_are_resolved_from_where_they_are()
    {
        using var inner = await GitClient.CreateAsync(Host, "inner");
        await inner.CommitAsync("inner.txt", "deep");
        await inner.PushAsync("main");
        await AddAsync(library, "deps/inner", "../inner.git", inner);
        await library.PushAsync("main");
        await AddAsync(Client, "lib", "../lib.git", library);

        await Client.PushAsync("main");

        Assert.That(Archived["lib/deps/inner/inner.txt"], Is.EqualTo("deep"));
    }

    [Test]
    public async Task Another_commit_of_a_submodule_is_another_source()
    {
        await AddAsync(Client, "lib", "../lib.git", library);
        await Client.PushAsync("main");
        var first = Source().Tree;
        await library.CommitAsync("lib.txt", "two");
        await library.PushAsync("main");
        await AddAsync(Client, "lib", "../lib.git", library);

        await Client.PushAsync("main");

        Assert.That(Source().Tree, Is.Not.EqualTo(first));
        Assert.That(Archived["lib/lib.txt"], Is.EqualTo("two"));
    }

    [Test]
    public async Task In_a_folder_that_is_the_source_they_are_found_by_their_whole_paths()
    {
        await Client.CommitAsync("apps/web/index.html", "web");
        await AddAsync(Client, "apps/web/lib", "../lib.git", library);

        await Client.PushAsync("-o", "dir=apps/web", "main");

        Assert.That(Archived["lib/lib.txt"], Is.EqualTo("one"));
    }

    [Test]
    public async Task Their_large_files_come_from_their_own_app()
    {
        using var files = new LargeFileClient(Host, "lib");
        await files.UploadAsync("a large file");
        await library.CommitAsync("large.bin", LargeFileClient.PointerOf("a large file"));
        await library.PushAsync("main");
        await AddAsync(Client, "lib", "../lib.git", library);

        await Client.PushAsync("main");

        Assert.That(Archived["lib/large.bin"], Is.EqualTo("a large file"));
    }

    [TestCase("../nothing.git", "SLUG2312", "there is no app 'nothing'")]
    [TestCase("../../outside.git", "SLUG2311", "../../outside.git")]
    [TestCase("file:///etc", "SLUG2311", "file:///etc")]
    [TestCase("ext::sh -c id", "SLUG2311", "ext::")]
    [TestCase("https://user:secret@example.org/x", "SLUG2311", "example.org")]
    [TestCase("http://127.0.0.1:9/x.git", "SLUG2312", "--fetch-allow")]
    [TestCase("http://localhost:9/x.git", "SLUG2312", "--fetch-allow")]
    public async Task One_that_cannot_be_had_is_named(string url, string code, string because)
    {
        await AddAsync(Client, "libs/lib", url, library);

        await Client.PushAsync("main");

        Assert.That(Message(), Does.StartWith(code).And.Contains("'libs/lib'").And.Contains(because));
        Assert.That(Message(), Does.Not.Contain("secret"));
    }

    [Test]
    public async Task A_commit_that_was_never_pushed_is_named()
    {
        await library.CommitAsync("lib.txt", "kept at home");
        await AddAsync(Client, "libs/lib", "../lib.git", library);

        await Client.PushAsync("main");

        Assert.That(Message(), Does.StartWith("SLUG2312").And.Contains((await library.HeadAsync())[..7]).And.Contains("push that commit"));
    }

    [Test]
    public async Task More_than_are_allowed_are_refused()
    {
        Options.Submodules = 1;
        await AddAsync(Client, "a", "../lib.git", library);
        await AddAsync(Client, "b", "../lib.git", library);
        await Client.PushAsync("main");

        Assert.That(Message(), Does.StartWith("SLUG2315").And.Contains("'b'"));
    }

    [Test]
    public async Task A_gitmodules_that_git_cannot_read_is_told()
    {
        await AddAsync(Client, "lib", "../lib.git", library);
        await File.WriteAllTextAsync(Path.Combine(Client.Folder, ".gitmodules"), "[submodule \"lib\"\nurl = x\n");
        await Client.GitAsync("commit", "-q", "-m", "broken", ".gitmodules");

        await Client.PushAsync("main");

        Assert.That(Message(), Does.StartWith("SLUG2310").And.Contains("app 'sample'"));
    }

    [Test]
    public async Task What_is_brought_in_stays_hidden()
    {
        await AddAsync(Client, "lib", "../lib.git", library);
        await Client.PushAsync("main");

        Assert.That((await InRepositoryAsync("for-each-ref", "--format=%(refname)", "refs/slug/modules")).Output, Does.Contain(await library.HeadAsync()));
        Assert.That((await Client.GitAsync("ls-remote", Client.Remote)).Output, Does.Not.Contain("refs/slug"));
    }

    [Test]
    public async Task By_http_one_comes_with_the_credentials_of_netrc_where_the_host_is_allowed()
    {
        await using var other = await PushHost.StartAsync();
        using var far = await GitClient.CreateAsync(other, "far");
        await far.CommitAsync("far.txt", "from far");
        await far.PushAsync("main");
        await AddAsync(Client, "far", $"{other.Address}far.git", far);
        var fetch = new SubmoduleFetch(
            Host.Services.GetRequiredService<Slug.Pushes.Git>(), new GitTransport(new RemoteHosts(new() { Allow = "127.0.0.0/8" }), new Netrc(Host.Data.Netrc), new()), Host.Data, Options);
        var repository = Slug.Pushes.Repository.Of(await Host.Apps.FindOrCreateAsync(Slug.Apps.AppName.Parse("sample"), "tests", CancellationToken.None), Host.Data);
        repository.Ensure("main");
        var commit = Slug.Pushes.ObjectId.Parse(await far.HeadAsync());
        var url = new Uri(other.Address, "far.git");

        Assert.That(await fetch.FromHostAsync(repository, url, commit, null, CancellationToken.None), Does.Contain("git says"));

        await File.WriteAllTextAsync(Host.Data.Netrc, $"machine 127.0.0.1 login git password {other.Token}\n");
        Assert.That(await fetch.FromHostAsync(repository, url, commit, null, CancellationToken.None), Does.StartWith("SLUG2221"));

        File.SetUnixFileMode(Host.Data.Netrc, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.That(await fetch.FromHostAsync(repository, url, commit, null, CancellationToken.None), Is.Null);

        await Client.PushAsync("main");
        Assert.That(Message(), Does.StartWith("SLUG2312"), "what is in the repository already does not open a closed host");
    }

    /// <summary>Commits the library's head as a submodule, by a URL of our choice.</summary>
    private static async Task AddAsync(GitClient client, string path, string url, GitClient library)
    {
        await client.GitAsync("config", "-f", ".gitmodules", $"submodule.{path}.path", path);
        await client.GitAsync("config", "-f", ".gitmodules", $"submodule.{path}.url", url);
        await client.GitAsync("add", ".gitmodules");
        await client.GitAsync("update-index", "--add", "--cacheinfo", $"160000,{await library.HeadAsync()},{path}");
        await client.GitAsync("commit", "-q", "-m", $"submodule {path}");
    }
}
