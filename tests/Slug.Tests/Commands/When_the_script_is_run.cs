using Slug.Commands.Setup;
using Slug.Commands.Testing;
using Slug.Hosting;

namespace Slug.Tests.Commands;

[CancelAfter(60_000)]
internal sealed class When_the_script_is_run
{
    // Stands in for the SDK: notes that it was called, and publishes a program that says what it was given.
    private const string Sdk = """
        #!/bin/bash
        echo build >> "$SLUG_TEST_BUILDS"
        [[ ! -f broken ]] || { echo "error CS1002: ; expected"; exit 1; }
        while [[ $1 != -o ]]; do shift; done
        mkdir -p "$2"
        printf '#!/bin/bash\necho "program: $*"\n' > "$2/slug"
        chmod +x "$2/slug"
        """;

    private readonly ScratchFolder folder = new();
    private string root = null!;

    private string[] Builds => File.Exists(Path.Combine(root, "builds")) ? File.ReadAllLines(Path.Combine(root, "builds")) : [];

    [SetUp]
    public void MakeRepository()
    {
        root = Directory.CreateDirectory(folder.In(TestContext.CurrentContext.Random.GetString(8))).FullName;
        Directory.CreateDirectory(Path.Combine(root, "src/Slug"));
        Directory.CreateDirectory(Path.Combine(root, "sdk"));
        File.Copy(Path.Combine(Repository.Find(Environment.GetEnvironmentVariable("SLUG_ROOT")).Root, "slug"), Path.Combine(root, "slug"));
        File.WriteAllText(Path.Combine(root, "src/Slug/Program.cs"), "one");
        File.WriteAllText(Path.Combine(root, "global.json"), """{"sdk":{"version": "10.0.100"}}""");
        File.WriteAllText(Path.Combine(root, "sdk/dotnet"), Sdk);
        File.SetUnixFileMode(Path.Combine(root, "sdk/dotnet"), (UnixFileMode)0b111_101_101);
    }

    [OneTimeTearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public async Task Should_build_once_and_hand_over_everything(CancellationToken cancellationToken)
    {
        var first = await RunAsync(cancellationToken, "apps", "--json");
        Assert.That(first.Output, Is.EqualTo("program: apps --json\n"));
        Assert.That(first.Error, Does.StartWith("-----> Building Slug … "));
        var second = await RunAsync(cancellationToken, "status");
        Assert.That(second, Is.EqualTo(new ChildResult(0, "program: status\n", "")));
        Assert.That(Builds, Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Should_build_again_when_a_source_changes_and_not_when_its_date_does(CancellationToken cancellationToken)
    {
        await RunAsync(cancellationToken);
        Touch("src/Slug/Program.cs");
        await RunAsync(cancellationToken);
        Assert.That(Builds, Has.Length.EqualTo(1));
        File.WriteAllText(Path.Combine(root, "src/Slug/Program.cs"), "two");
        Touch("src/Slug/Program.cs");
        await RunAsync(cancellationToken);
        Assert.That(Builds, Has.Length.EqualTo(2));
        Assert.That(Directory.GetDirectories(Path.Combine(root, "artifacts"), "slug-*"), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Should_build_once_for_all_who_ask_at_the_same_time(CancellationToken cancellationToken)
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RunAsync(cancellationToken, "token")));
        Assert.That(results.Select(result => result.Output), Is.All.EqualTo("program: token\n"));
        Assert.That(Builds, Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Should_show_what_the_compiler_said_when_it_fails(CancellationToken cancellationToken)
    {
        File.WriteAllText(Path.Combine(root, "broken"), "");
        var result = await RunAsync(cancellationToken, "status");
        Assert.That(result.ExitCode, Is.EqualTo(70));
        Assert.That(result.Output, Is.Empty);
        Assert.That(result.Error, Does.Contain("error CS1002").And.Contain(" !     SLUG8081: "));
    }

    private Task<ChildResult> RunAsync(CancellationToken cancellationToken, params string[] args) =>
        new ChildProcess(Path.Combine(root, "slug"), args)
        {
            Environment = Variables.With(
                ("PATH", $"{root}/sdk:{Environment.GetEnvironmentVariable("PATH")}"), ("SLUG_TEST_BUILDS", Path.Combine(root, "builds"))),
        }.RunAsync(cancellationToken);

    // Later than the build, whatever the clock's grain.
    private void Touch(string file) => File.SetLastWriteTimeUtc(Path.Combine(root, file), File.GetLastWriteTimeUtc(Path.Combine(root, "artifacts/slug.built")).AddSeconds(1));
}
