using Slug.Commands.Remotes;
using Slug.Commands.Setup;
using Slug.Hosting;

namespace Slug.Tests.Commands.Remotes;

[CancelAfter(60_000)]
internal sealed class When_a_remote_is_set
{
    private const string Secret = "slg_secret";

    private readonly ScratchFolder folder = new();
    private GitFolder git = null!;

    [SetUp]
    public async Task MakeWorkTree()
    {
        var tree = Directory.CreateDirectory(folder.In(TestContext.CurrentContext.Random.GetString(8))).FullName;
        git = new(tree, Variables.With(("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1"), ("GIT_TERMINAL_PROMPT", "0")));
        await git.RunAsync(["init", "--quiet"], TestContext.CurrentContext.CancellationToken);
    }

    [OneTimeTearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public async Task Should_answer_git_with_the_token_of_the_file(CancellationToken cancellationToken)
    {
        var file = folder.In("it's a token");
        await File.WriteAllTextAsync(file, Secret + "\n", cancellationToken);
        var remote = new SlugRemote(git, new() { Url = new("http://127.0.0.1:7070/"), Token = Secret, TokenFile = file });
        Assert.That(await remote.SetAsync("hello", cancellationToken), Is.EqualTo(new Uri("http://127.0.0.1:7070/hello.git")));
        Assert.That(await git.RunAsync(["remote", "get-url", "slug"], cancellationToken), Is.EqualTo("http://127.0.0.1:7070/hello.git"));
        Assert.That(await FillAsync("hello.git", cancellationToken), Does.Contain($"username=slug\npassword={Secret}\n"));
    }

    [Test]
    public async Task Should_tell_the_token_to_no_other_address(CancellationToken cancellationToken)
    {
        var file = folder.In("token");
        await File.WriteAllTextAsync(file, Secret, cancellationToken);
        await new SlugRemote(git, new() { Url = new("http://127.0.0.1:7070/"), Token = Secret, TokenFile = file }).SetAsync("hello", cancellationToken);
        Assert.That(await FillAsync("other.git", cancellationToken), Does.Not.Contain(Secret));
    }

    [Test]
    public async Task Should_move_to_another_app_and_leave_nothing_behind(CancellationToken cancellationToken)
    {
        var remote = new SlugRemote(git, new() { Url = new("http://127.0.0.1:7070/"), Token = Secret, TokenFile = "/token" });
        await remote.SetAsync("one", cancellationToken);
        await remote.SetAsync("two", cancellationToken);
        await remote.SetAsync("two", cancellationToken);
        Assert.That(await git.RunAsync(["config", "--local", "--get-regexp", "^(remote|credential).*(url|helper)$"], cancellationToken), Is.EqualTo(
            $"""
            remote.slug.url http://127.0.0.1:7070/two.git
            credential.http://127.0.0.1:7070/two.git.helper 
            credential.http://127.0.0.1:7070/two.git.helper {CredentialHelper.Reading("/token")}
            """));
    }

    [Test]
    public async Task Should_keep_the_token_of_a_service_elsewhere_out_of_the_config(CancellationToken cancellationToken)
    {
        await new SlugRemote(git, new() { Url = new("https://slug.example.org/"), Token = Secret }).SetAsync("hello", cancellationToken);
        var file = Path.Combine(git.Path, ".git", "slug-token");
        Assert.That(File.ReadAllText(file), Is.EqualTo(Secret + "\n"));
        Assert.That(File.GetUnixFileMode(file), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(File.ReadAllText(Path.Combine(git.Path, ".git", "config")), Does.Not.Contain(Secret));
    }

    private async Task<string> FillAsync(string path, CancellationToken cancellationToken)
    {
        var fill = new ChildProcess("git", "credential", "fill")
        {
            WorkingDirectory = git.Path,
            Environment = Variables.With(("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1"), ("GIT_TERMINAL_PROMPT", "0")),
            Input = $"protocol=http\nhost=127.0.0.1:7070\npath={path}\n\n",
        };
        return (await fill.RunAsync(cancellationToken)).Output;
    }
}
